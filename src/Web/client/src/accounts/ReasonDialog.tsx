import { Text } from '@mantine/core'
import { useState } from 'react'
import { ReasonField } from '../commands/ReasonField'
import { FormDialog } from './CommandForm'
import { useForm } from './useForm'
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
  const [reason, setReason] = useState('')
  const command = useForm(send, done)
  return (
    <FormDialog title={title} command={command} send={() => void command.run(reason.trim())} act={act} close={close} data-reason>
      <Text size="sm">{text}</Text>
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  )
}
