import { Anchor, Badge, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Problem } from '../api/http'
import { useReader } from '../i18n'
import { useSession } from '../session/useSession'
import { relative } from '../time/format'
import { useNow } from '../time/useNow'
import { alertIcons } from './alertIcons'
import { acknowledge, type InboxAlert } from './useInbox'

/** Alerts in the reader's language, each with its acknowledgement. */
export function AlertList({ alerts, leave }: { alerts: readonly InboxAlert[]; leave: () => void }) {
  const { t } = useReader()
  if (alerts.length === 0) return <Text c="dimmed">{t('shell.noAlerts')}</Text>
  return <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>{alerts.map((alert) => <li key={alert.key}><AlertCard alert={alert} leave={leave} /></li>)}</Stack>
}

function AlertCard({ alert, leave }: { alert: InboxAlert; leave: () => void }) {
  const { t, word, language, locale } = useReader()
  const { person, role } = useSession()
  const now = useNow()
  const Icon = alertIcons[alert.kind]
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const send = () => {
    setBusy(true)
    acknowledge(person, alert).catch((error: Problem) => setProblem(error)).finally(() => setBusy(false))
  }
  return (
    <Paper withBorder p="sm" radius="md" data-alert={alert.id}>
      <Group gap="xs" mb={4}>
        <Badge variant={alert.urgent && !alert.acknowledgedAt ? 'filled' : 'default'} color="red.9" tt="none" leftSection={<Icon size={12} aria-hidden />}>{word('alertKinds', alert.kind)}</Badge>
        <Text size="sm" c="dimmed">{relative(alert.at, now, locale)}</Text>
      </Group>
      <Text>{alert.text[language] ?? <bdi>{alert.text.en}</bdi>}</Text>
      {alert.conference && <Anchor component={Link} href={`/conferences/${alert.conference}`} size="sm" underline="always">{t('importing.open')}</Anchor>}
      {problem && <Text c="var(--hub-warning)" size="sm" role="alert">{problem.status === 0 ? t('shell.unreachable') : word('findings', problem.code)}</Text>}
      <Group gap="xs" mt="xs">
        {alert.acknowledgedAt ? <Text size="sm" c="dimmed">{t('shell.acknowledged', { when: relative(alert.acknowledgedAt, now, locale) })}</Text>
          : <Button size="xs" variant="default" loading={busy} onClick={send}>{t('shell.acknowledge')}</Button>}
        {role === 'coordinator' && alert.engagement && alert.week && <Button component={Link} href={`/board/${alert.network}/${alert.week}?show=${alert.engagement.id}`} size="xs" variant="subtle" onClick={leave}>{t('shell.show')}</Button>}
      </Group>
    </Paper>
  )
}
