import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Findings } from '../commands/Findings'
import { ProblemNotice } from '../commands/ProblemNotice'
import { weigh } from '../commands/useCheck'
import { useSeen } from '../commands/useSeen'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { ChangedEngagement } from './ChangedEngagement'
import type { Engagement, Finding, CommandInput } from './roster'
import { useRosterCheck } from './useRosterCheck'
import type { UsedRosterCommand } from './useRosterCommand'

/** A command that needs a reason before it is sent, or a refusal that is shown. */
export interface Question {
  readonly title: string
  /** The engagement as the person saw it when they asked. */
  readonly engagement: Engagement
  /**
   * Returns the command for an engagement: for the state that the person saw, or for its present state. Null if the command would change
   * nothing.
   */
  readonly input: (engagement: Engagement) => CommandInput | null
  readonly findings: readonly Finding[]
  readonly done?: () => void
}

export function DropDialog({
  network,
  week,
  question,
  live,
  names,
  command,
  close,
}: {
  network: string
  week: string
  question: Question
  live: Engagement
  names: NetworkNames
  command: UsedRosterCommand
  close: () => void
}) {
  const { t } = useReader()
  const [reason, setReason] = useState('')
  const { seen, changed, renew } = useSeen(live, question.engagement)
  const input = question.input(seen)
  // The findings from before the change no longer apply.
  const renewed = seen !== question.engagement
  const again = useRosterCheck(network, week, renewed && input?.type !== 'cancel' ? input : null)
  const findings = renewed ? again.findings : question.findings
  const refused = weigh(findings).refused || !input
  const callsOff = input?.type === 'cancel'
  const asksReason = callsOff || findings.length > 0
  const go = async () => {
    if (input && (await command.run({ ...input, reason: reason.trim() || undefined }, week))) {
      close()
      question.done?.()
    }
  }
  return (
    <Modal opened onClose={close} title={question.title} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      <Stack gap="sm">
        {changed && !command.busy && <ChangedEngagement seen={seen} live={live} names={names} renew={() => (command.clear(), renew())} />}
        <Findings findings={findings} />
        {!refused && asksReason && (
          <Textarea
            data-autofocus
            label={t('board.reason')}
            description={t('board.reasonHint')}
            maxLength={500}
            required
            autosize
            minRows={2}
            value={reason}
            onChange={(e) => setReason(e.currentTarget.value)}
          />
        )}
        <ProblemNotice problem={command.problem} />
        <Group justify="flex-end">
          {/* In some languages the word for “Cancel” on a button is also the word for cancelling an engagement. */}
          <Button variant="default" onClick={close}>
            {t(refused ? 'shell.close' : callsOff ? 'board.keepEngagement' : 'shell.cancel')}
          </Button>
          {!refused && (
            <Button onClick={() => void go()} loading={command.busy} disabled={changed || (asksReason && !reason.trim())}>
              <Text span inherit>
                {t(callsOff ? 'board.cancelEngagement' : 'board.goOn')}
              </Text>
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
