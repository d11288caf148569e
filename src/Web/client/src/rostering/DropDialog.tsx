import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useReader } from '../i18n'
import { Findings, ProblemNotice } from './Findings'
import type { Finding, Wish } from './roster'
import type { useCommand } from './useCommand'

/** Something that needs a reason before it is sent, or a refusal that is shown. */
export interface Question { readonly title: string; readonly wish: Wish; readonly findings: readonly Finding[]; readonly done?: () => void }

export function DropDialog({ question, command, close }: { question: Question; command: ReturnType<typeof useCommand>; close: () => void }) {
  const { t } = useReader()
  const [reason, setReason] = useState('')
  const refused = question.findings.some((f) => !f.overridable)
  const go = async () => {
    if (await command.run({ ...question.wish, reason: reason.trim() })) {
      close()
      question.done?.()
    }
  }
  return (
    <Modal opened onClose={close} title={question.title} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      <Stack gap="sm">
        <Findings findings={question.findings} />
        {!refused && <Textarea data-autofocus label={t('board.reason')} description={t('board.reasonHint')} maxLength={500} required autosize minRows={2} value={reason} onChange={(e) => setReason(e.currentTarget.value)} />}
        <ProblemNotice problem={command.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t(refused ? 'shell.close' : 'shell.cancel')}</Button>
          {!refused && <Button onClick={() => void go()} loading={command.busy} disabled={!reason.trim()}><Text span inherit>{t('board.goOn')}</Text></Button>}
        </Group>
      </Stack>
    </Modal>
  )
}
