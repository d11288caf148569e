import { Anchor, Button, Center, Container, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { Link, useLocation } from 'wouter'
import type { ConferenceSummary } from '../api/schema'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { close, open, useOpened } from '../shell/opened'
import { datedDay, zoneCity } from '../time/format'
import { useCoordinates } from '../viewer/useViewer'
import { titlesOf } from './programme'

const ConferenceDialog = lazy(() => import('./edits/ConferenceDialog'))

/** The network's conferences. */
export default function ConferencesPage() {
  const { t, locale, nameOf } = useReader()
  const coordinates = useCoordinates()
  const creating = useOpened('dialog') === 'new' && coordinates
  const [, go] = useLocation()
  const { data, error } = useResource<ConferenceSummary[]>('/api/conferences')
  const date = (day: string | null | undefined) => (day ? datedDay(`${day}T12:00:00Z`, 'UTC', locale) : '')
  if (!data && !error)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  return (
    <Container size="sm" py="md">
      <Group justify="space-between" mb="md">
        <Title order={1} size="h2">
          {t('shell.conferences')}
        </Title>
        {coordinates && (
          <Button variant="default" leftSection={<IconPlus size={18} aria-hidden />} data-do="new" onClick={() => open('dialog', 'new')}>
            {t('edits.newConference')}
          </Button>
        )}
      </Group>
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      <Stack gap="sm">
        {data?.length === 0 && <Text>{t('conference.noneYet')}</Text>}
        {[...(data ?? [])]
          .sort((a, b) => (b.firstDay ?? '').localeCompare(a.firstDay ?? ''))
          .map((conference) => (
            <Paper key={conference.id} withBorder p="md" radius="md">
              <Anchor component={Link} href={`/conferences/${conference.id}`} fw={600} size="lg" dir="auto">
                {nameOf(titlesOf(conference))}
              </Anchor>
              {conference.withdrawn && (
                <Text size="sm" c="var(--hub-warning)" fw={600}>
                  {t('edits.withdrawn')}
                </Text>
              )}
              <Text size="sm" c="dimmed">
                {[
                  [date(conference.firstDay), date(conference.lastDay)].filter((d, i, all) => d && all.indexOf(d) === i).join(' – '),
                  zoneCity(conference.timeZone, locale),
                  t('conference.count', { count: conference.sessions }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </Paper>
          ))}
      </Stack>
      <Suspense>
        {creating && (
          <ConferenceDialog
            close={() => close('dialog')}
            // The Back button leads to the list, and not to the dialog.
            done={(made) => go(`/conferences/${made.id}`, { replace: true })}
          />
        )}
      </Suspense>
    </Container>
  )
}
