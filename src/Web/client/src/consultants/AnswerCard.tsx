import { Badge, Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { AlertAnswers } from '../inboxes/AlertAnswers'
import { alertIcons } from '../inboxes/alertIcons'
import { demands, type InboxAlert } from '../inboxes/useInbox'
import type { NetworkNames } from '../networks/useNetwork'
import { useRosterCommand } from '../rostering/useRosterCommand'
import { relative } from '../time/format'
import { useNow } from '../time/useNow'
import { asksAnswer, isRequest } from './answers'
import classes from './ConsultantPage.module.css'
import { Countdown } from './Countdown'
import { When } from './When'

/** One alert, with the answers that it needs: accept or decline with a reason, acknowledge, or mark as seen. */
export function AnswerCard({ alert, me, names, home }: { alert: InboxAlert; me: string; names: NetworkNames; home: string | null }) {
  const { t, word, language, locale } = useReader()
  const now = useNow(1_000)
  const Icon = alertIcons[alert.kind]
  const engagement = alert.engagement
  return (
    <Paper
      component="article"
      withBorder
      p="md"
      radius="md"
      className={classes.card}
      data-alert={alert.id}
      data-urgent={demands(alert) || undefined}
      aria-label={word('alertKinds', alert.kind)}
    >
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap">
          <Icon size={20} color={demands(alert) ? 'var(--hub-warning)' : undefined} aria-hidden />
          <Text fw={700}>{word('alertKinds', alert.kind)}</Text>
          {demands(alert) && (
            <Badge
              variant="filled"
              color="red.9"
              tt="none"
              style={{ flexShrink: 0 }}
              leftSection={<IconAlertTriangle size={12} aria-hidden />}
            >
              {t('consultant.urgent')}
            </Badge>
          )}
          <Text size="sm" c="dimmed" ms="auto" ta="end">
            {relative(alert.at, now, locale)}
          </Text>
        </Group>
        <Text>{alert.text[language] ?? <bdi>{alert.text.en}</bdi>}</Text>
        {isRequest(alert) && (
          <When
            start={engagement!.start}
            end={engagement!.end}
            zone={names.hospital(engagement!.hospital)?.timeZone ?? names.zone}
            home={home}
          />
        )}
        {isRequest(alert) && alert.deadline && <Countdown from={alert.at} until={alert.deadline} now={now} />}
        {asksAnswer(alert, now) && <Answer alert={alert} />}
        <AlertAnswers alert={alert} person={me} size={asksAnswer(alert, now) ? 'md' : 'lg'} />
      </Stack>
    </Paper>
  )
}

function Answer({ alert }: { alert: InboxAlert }) {
  const { t } = useReader()
  const command = useRosterCommand(alert.network ?? '', alert.week ?? '')
  const [declining, setDeclining] = useState(false)
  const [reason, setReason] = useState('')
  const answer = (type: 'accept' | 'decline') =>
    void command.run({ type, engagement: alert.engagement!.id, proposal: alert.proposal!, reason: reason.trim() || undefined })
  if (declining)
    return (
      <form onSubmit={(event) => (event.preventDefault(), answer('decline'))}>
        <Stack gap="xs">
          <Textarea
            autoFocus
            label={t('consultant.whyNot')}
            description={t('consultant.whyNotHint')}
            maxLength={500}
            autosize
            minRows={2}
            required
            value={reason}
            onChange={(e) => setReason(e.currentTarget.value)}
          />
          <ProblemNotice problem={command.problem} waiting={command.waiting} />
          <Group grow>
            <Button size="lg" variant="default" onClick={() => setDeclining(false)}>
              {t('shell.cancel')}
            </Button>
            <Button size="lg" type="submit" color="red.9" loading={command.busy} disabled={!reason.trim()}>
              {t('consultant.sendDecline')}
            </Button>
          </Group>
        </Stack>
      </form>
    )
  return (
    <>
      <ProblemNotice problem={command.problem} waiting={command.waiting} />
      <Group grow>
        <Button
          size="xl"
          px="xs"
          fz="lg"
          variant="default"
          leftSection={<IconX size={22} aria-hidden />}
          disabled={command.busy}
          onClick={() => setDeclining(true)}
        >
          {t('shell.decline')}
        </Button>
        <Button
          size="xl"
          px="xs"
          fz="lg"
          leftSection={<IconCheck size={22} aria-hidden />}
          loading={command.busy}
          data-do="accept"
          onClick={() => answer('accept')}
        >
          {t('shell.accept')}
        </Button>
      </Group>
    </>
  )
}
