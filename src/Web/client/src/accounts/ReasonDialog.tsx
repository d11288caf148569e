import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ProblemNotice } from '../commands/ProblemNotice'
import { ReasonField } from '../commands/ReasonField'
import { useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import type { Account } from './wire'

interface Props {
  readonly title: string
  /** What will happen. */
  readonly text: string
  /** The label of the button that does it. */
  readonly act: string
  readonly send: (reason: string, commandId: string) => Promise<Account>
  readonly close: () => void
  readonly done: (account: Account) => void
}

/** Asks for a reason before something that touches a person's access. */
export function ReasonDialog({ title, text, act, send, close, done }: Props) {
  const { t } = useReader()
  const [reason, setReason] = useState('')
  const { withFactor, asking, factorDialog } = useFactorAgain()
  const command = useCommand((reason: string, commandId) => withFactor(() => send(reason, commandId)), done)
  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside={false}
      closeOnEscape={!asking}
      title={title}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={(event: FormEvent) => (event.preventDefault(), void command.run(reason.trim()))} data-reason>
        <Stack gap="sm">
          <Text size="sm">{text}</Text>
          <ReasonField value={reason} onChange={setReason} />
          <ProblemNotice problem={command.problem} waiting={command.waiting} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={command.busy}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
      {factorDialog}
    </Modal>
  )
}
