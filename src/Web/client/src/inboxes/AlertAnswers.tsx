import { Button, Group, type MantineSize, Text } from '@mantine/core'
import { IconCheck, IconEye } from '@tabler/icons-react'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import { relative } from '../time/format'
import { useNow } from '../time/useNow'
import { acknowledge, demands, type InboxAlert, see } from './useInbox'

/** The answers that a person may give to an alert: “seen” and, if the alert demands it, “acknowledged”. */
export function AlertAnswers({ alert, person, size }: { alert: InboxAlert; person: string; size: MantineSize }) {
  const { t, locale } = useReader()
  const now = useNow()
  const command = useCommand((what: 'seen' | 'acknowledge', _, waiting) => (what === 'seen' ? see : acknowledge)(person, alert, waiting))
  const say = (what: 'seen' | 'acknowledge') => void command.run(what)
  const icon = size === 'xs' ? 14 : 20
  return (
    <>
      <ProblemNotice problem={command.problem} waiting={command.waiting} />
      <Group gap="xs" mt={4}>
        {demands(alert) && (
          <Button
            size={size}
            leftSection={<IconCheck size={icon} aria-hidden />}
            loading={command.input === 'acknowledge'}
            onClick={() => say('acknowledge')}
          >
            {t('shell.acknowledge')}
          </Button>
        )}
        {alert.isOpen && !alert.seenAt && (
          <Button
            size={size}
            variant="default"
            leftSection={<IconEye size={icon} aria-hidden />}
            loading={command.input === 'seen'}
            onClick={() => say('seen')}
          >
            {t('shell.seen')}
          </Button>
        )}
        {alert.acknowledgedAt ? (
          <Text size="sm" c="dimmed">
            {t('shell.acknowledged', { when: relative(alert.acknowledgedAt, now, locale) })}
          </Text>
        ) : (
          alert.seenAt && (
            <Text size="sm" c="dimmed">
              {t('shell.seenAt', { when: relative(alert.seenAt, now, locale) })}
            </Text>
          )
        )}
      </Group>
    </>
  )
}
