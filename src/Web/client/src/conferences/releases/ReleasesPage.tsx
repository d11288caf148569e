import { Anchor, Center, Container, Group, Loader, Paper, Select, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { Link, useParams } from 'wouter'
import type { Conference, Release, SessionDifference } from '../../api/schema'
import { useResource } from '../../api/useResource'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useReader } from '../../i18n'
import { clock, longDate } from '../../time/format'
import { Differences } from './differences'

/** The releases of a conference, and the differences between any two of them. */
export default function ReleasesPage() {
  const { t, locale } = useReader()
  const { id } = useParams<{ id: string }>()
  const url = `/api/conferences/${id}`
  const head = useResource<Conference>(url)
  const releases = useResource<Release[]>(`${url}/releases`, (known) => (known?.at(-1)?.settling ? 1_000 : 0))
  const newest = releases.data?.at(-1)?.number ?? 0
  const [chosen, setChosen] = useState<{ from?: number; to?: number }>({})
  const to = chosen.to ?? newest
  // If the reader has not chosen another release, a release is compared with the one before it. The first release is compared with the
  // programme that was live before it.
  const from = chosen.from
  const settling = releases.data?.some((r) => r.number === to && r.settling)
  const changes = useResource<SessionDifference[]>(
    newest > 0 && !settling ? `${url}/releases/${to}/changes${from === undefined ? '' : `?since=${from}`}` : null,
  )
  const zone = head.data?.timeZone ?? 'UTC'
  if (!releases.data || !head.data)
    return (
      <Center h="60%">
        {releases.error || head.error ? (
          <ProblemNotice problem={releases.error ?? head.error} />
        ) : (
          <Loader aria-label={t('shell.loading')} />
        )}
      </Center>
    )
  const data = releases.data.map((r) => ({ value: `${r.number}`, label: t('releases.number', { number: r.number }) }))
  return (
    <Container size="md" py="md">
      <Title order={1} size="h2">
        {t('releases.title')}
      </Title>
      <Anchor component={Link} href={`/conferences/${id}`} underline="always" dir="auto">
        {head.data.title}
      </Anchor>
      {newest === 0 ? (
        <Text mt="md">{t('releases.none')}</Text>
      ) : (
        <Stack mt="md" gap="md">
          <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
            {[...releases.data].reverse().map((r) => (
              <Paper key={r.number} component="li" withBorder p="sm" radius="md" data-release={r.number}>
                <Text fw={600}>{t('releases.number', { number: r.number })}</Text>
                <Text size="sm" c="dimmed">
                  {longDate(r.at, zone, locale)}, {clock(r.at, zone, locale)} · {t('conference.count', { count: r.sessions })}
                </Text>
                {r.settling && (
                  <Text size="sm" role="status">
                    {t('releases.settling')}
                  </Text>
                )}
                {r.refused > 0 && (
                  <Text size="sm" c="var(--hub-warning)">
                    {t('releases.refused', { count: r.refused })}
                  </Text>
                )}
                {r.note && <Text dir="auto">{r.note}</Text>}
              </Paper>
            ))}
          </Stack>
          <Title order={2} size="h4">
            {t('releases.compare')}
          </Title>
          <Group>
            <Select
              label={t('releases.from')}
              data={[{ value: 'before', label: t('releases.before') }, { value: '0', label: t('releases.nothing') }, ...data]}
              value={from === undefined ? 'before' : `${from}`}
              onChange={(v) => setChosen({ from: v === 'before' ? undefined : Number(v), to })}
              allowDeselect={false}
            />
            <Select
              label={t('releases.to')}
              data={data}
              value={`${to}`}
              onChange={(v) => setChosen({ from, to: Number(v) })}
              allowDeselect={false}
            />
          </Group>
          <ProblemNotice problem={changes.error} />
          {changes.data ? (
            <Differences of={changes.data} zone={zone} />
          ) : (
            !changes.error && !settling && <Loader aria-label={t('shell.loading')} />
          )}
        </Stack>
      )}
    </Container>
  )
}
