import { Button, Group, type MantineSize, Text } from '@mantine/core'
import { IconCheck, IconEye } from '@tabler/icons-react'
import { useState } from 'react'
import type { Problem } from '../api/http'
import { useReader } from '../i18n'
import { ProblemNotice } from '../rostering/Findings'
import { relative } from '../time/format'
import { useNow } from '../time/useNow'
import { acknowledge, demands, type InboxAlert, see } from './useInbox'

/** What a person may say to an alert: that they have seen it and, where it demands so, that they acknowledge it. */
export function AlertAnswers({ alert, person, size }: { alert: InboxAlert; person: string; size: MantineSize }) {
  const { t, locale } = useReader()
  const now = useNow()
  const [busy, setBusy] = useState<'seen' | 'acknowledge'>()
  const [waiting, setWaiting] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const say = (what: 'seen' | 'acknowledge') => {
    setBusy(what)
    setProblem(undefined)
    const said = what === 'seen' ? see : acknowledge
    said(person, alert, () => setWaiting(true))
      .catch(setProblem)
      .finally(() => (setBusy(undefined), setWaiting(false)))
  }
  const icon = size === 'xs' ? 14 : 20
  return (
    <>
      <ProblemNotice problem={problem} waiting={waiting} />
      <Group gap="xs" mt={4}>
        {demands(alert) && (
          <Button
            size={size}
            leftSection={<IconCheck size={icon} aria-hidden />}
            loading={busy === 'acknowledge'}
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
            loading={busy === 'seen'}
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
