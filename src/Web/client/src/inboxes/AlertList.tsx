import { Anchor, Badge, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import { useReader } from '../i18n'
import { relative } from '../time/format'
import { useNow } from '../time/useNow'
import { rolesOf, useViewer } from '../viewer/useViewer'
import { AlertAnswers } from './AlertAnswers'
import { alertIcons } from './alertIcons'
import { demands, type InboxAlert } from './useInbox'

/** Alerts in the reader's language, each with its possible answers. */
export function AlertList({ alerts, leave }: { alerts: readonly InboxAlert[]; leave: () => void }) {
  const { t } = useReader()
  if (alerts.length === 0) return <Text c="dimmed">{t('shell.noAlerts')}</Text>
  return (
    <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {alerts.map((alert) => (
        <li key={alert.key}>
          <AlertCard alert={alert} leave={leave} />
        </li>
      ))}
    </Stack>
  )
}

function AlertCard({ alert, leave }: { alert: InboxAlert; leave: () => void }) {
  const { t, word, language, locale } = useReader()
  const viewer = useViewer()
  const { person, role } = viewer
  const now = useNow()
  const Icon = alertIcons[alert.kind]
  return (
    <Paper withBorder p="sm" radius="md" data-alert={alert.id}>
      <Group gap="xs" mb={4}>
        <Badge variant={demands(alert) ? 'filled' : 'default'} color="red.9" tt="none" leftSection={<Icon size={12} aria-hidden />}>
          {word('alertKinds', alert.kind)}
        </Badge>
        <Text size="sm" c="dimmed">
          {relative(alert.at, now, locale)}
        </Text>
      </Group>
      <Text>{alert.text[language] ?? <bdi>{alert.text.en}</bdi>}</Text>
      {alert.conference && (
        <Anchor
          component={Link}
          href={`/conferences/${alert.conference}${alert.session ? `?session=${alert.session}` : ''}`}
          onClick={leave}
          size="sm"
          underline="always"
        >
          {t('importing.open')}
        </Anchor>
      )}
      {alert.programme && (
        <Anchor component={Link} href={`/programme/${alert.programme}`} onClick={leave} size="sm" underline="always">
          {t('programmes.openAlert')}
        </Anchor>
      )}
      {alert.initiative && (
        <Anchor component={Link} href={`/research/initiative/${alert.initiative}`} onClick={leave} size="sm" underline="always">
          {t('shell.show')}
        </Anchor>
      )}
      {alert.about && rolesOf(viewer).has('administrator') && (
        <Anchor component={Link} href={`/accounts/${encodeURIComponent(alert.about)}`} onClick={leave} size="sm" underline="always">
          {t('accounts.showPerson')}
        </Anchor>
      )}
      <AlertAnswers alert={alert} person={person} size="xs" />
      <Group gap="xs" mt="xs">
        {role === 'coordinator' && alert.engagement && alert.week && (
          <Button
            component={Link}
            href={`/board/${alert.network}/${alert.week}?show=${alert.engagement.id}`}
            size="xs"
            variant="subtle"
            onClick={leave}
          >
            {t('shell.show')}
          </Button>
        )}
      </Group>
    </Paper>
  )
}
