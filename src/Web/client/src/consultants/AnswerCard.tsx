import { Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconHourglass, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { Problem } from '../api/http'
import { useReader } from '../i18n'
import { acknowledge, type InboxAlert } from '../inboxes/useInbox'
import type { NetworkNames } from '../networks/useNetwork'
import { ProblemNotice } from '../rostering/Findings'
import { useCommand } from '../rostering/useCommand'
import { length, minute, relative } from '../time/format'
import { useNow } from '../time/useNow'
import { When } from './DutyCard'

/** One alert, one decision: accept or decline with a reason, or say that it has been seen. */
export function AnswerCard({ alert, me, names, home }: { alert: InboxAlert; me: string; names: NetworkNames; home: string | null }) {
  const { t, word, language, locale } = useReader()
  const now = useNow(1_000)
  const command = useCommand(alert.network ?? '', alert.week ?? '')
  const [declining, setDeclining] = useState(false)
  const [reason, setReason] = useState('')
  const [seeing, setSeeing] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const asks = alert.kind === 'proposed' && alert.proposal && alert.engagement
  const left = alert.deadline ? Date.parse(alert.deadline) - now : null
  const late = left !== null && left <= 0
  const answer = (type: 'accept' | 'decline') => void command.run({ type, engagement: alert.engagement!.id, proposal: alert.proposal!, reason: reason.trim() || undefined })
  const seen = () => {
    setSeeing(true)
    acknowledge(me, alert).catch(setProblem).finally(() => setSeeing(false))
  }
  const duty = alert.engagement
  return (
    <Paper withBorder p="md" radius="md" data-alert={alert.id} style={alert.urgent ? { borderColor: 'var(--hub-warning)', borderWidth: 2 } : undefined}>
      <Stack gap="xs">
        <Group gap="xs">
          {alert.urgent ? <IconAlertTriangle size={20} color="var(--hub-warning)" aria-hidden /> : <IconHourglass size={20} aria-hidden />}
          <Text fw={700}>{word('alertKinds', alert.kind)}</Text>
          <Text size="sm" c="dimmed" ms="auto">{relative(alert.at, now, locale)}</Text>
        </Group>
        <Text dir="auto">{alert.text[language] ?? alert.text.en}</Text>
        {duty && home && home !== (names.hospital(duty.hospital)?.timeZone ?? names.zone) && <div><When start={duty.start} end={duty.end} zone={names.hospital(duty.hospital)?.timeZone ?? names.zone} home={home} /></div>}
        {left !== null && asks && <Text role="timer" fw={600} c={left < 10 * minute ? 'var(--hub-warning)' : undefined}>{late ? t('shell.tooLate') : t('shell.answerUntil', { left: length(left, locale) })}</Text>}
        <ProblemNotice problem={command.problem ?? problem} />
        {asks ? (
          declining ? (
            <Stack gap="xs">
              <Textarea data-autofocus autoFocus label={t('consultant.whyNot')} description={t('consultant.whyNotHint')} maxLength={500} autosize minRows={2} required value={reason} onChange={(e) => setReason(e.currentTarget.value)} />
              <Group grow><Button size="lg" variant="default" onClick={() => setDeclining(false)}>{t('shell.cancel')}</Button><Button size="lg" color="red.9" loading={command.busy} disabled={!reason.trim()} onClick={() => answer('decline')}>{t('consultant.sendDecline')}</Button></Group>
            </Stack>
          ) : (
            <Group grow>
              <Button size="lg" variant="default" leftSection={<IconX size={20} aria-hidden />} disabled={late || command.busy} onClick={() => setDeclining(true)}>{t('shell.decline')}</Button>
              <Button size="lg" leftSection={<IconCheck size={20} aria-hidden />} loading={command.busy} disabled={late} onClick={() => answer('accept')}>{t('shell.accept')}</Button>
            </Group>
          )
        ) : <Button size="md" variant={alert.urgent ? 'filled' : 'default'} loading={seeing} onClick={seen}>{t('shell.acknowledge')}</Button>}
        {asks && late && <Button size="md" variant="default" loading={seeing} onClick={seen}>{t('shell.acknowledge')}</Button>}
      </Stack>
    </Paper>
  )
}
