import { Anchor, Center, Container, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import type { ConferenceSummary } from '../api/schema'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { datedDay, zoneCity } from '../time/format'

/** The network's conferences. */
export default function ConferencesPage() {
  const { t, locale } = useReader()
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
      <Title order={1} size="h2" mb="md">
        {t('shell.conferences')}
      </Title>
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      <Stack gap="sm">
        {data?.length === 0 && <Text>{t('conference.noneYet')}</Text>}
        {[...(data ?? [])]
          .sort((a, b) => (b.firstDay ?? '').localeCompare(a.firstDay ?? ''))
          .map((conference) => (
            <Paper key={conference.id} withBorder p="md" radius="md">
              <Anchor component={Link} href={`/conferences/${conference.id}`} fw={600} size="lg" dir="auto">
                {conference.title}
              </Anchor>
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
    </Container>
  )
}
