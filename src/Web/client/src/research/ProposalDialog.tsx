import { Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { FormDialog } from '../accounts/CommandForm'
import { useForm } from '../accounts/useForm'
import { http } from '../api/http'
import { useReader } from '../i18n'
import type { InnovationCall } from './wire'

interface Props {
  readonly initiative: string
  readonly call: InnovationCall
  readonly close: () => void
  readonly sent: () => unknown
}

/** The form in which people propose something for a call. */
export function ProposalDialog({ initiative, call, close, sent }: Props) {
  const { t, nameOf } = useReader()
  const [title, setTitle] = useState('')
  const [summary, setSummary] = useState('')
  const command = useForm(
    (input: { title: string; summary: string }, commandId) =>
      http.post(`/api/initiatives/${initiative}/commands`, { type: 'submit', commandId, call: call.id, ...input }),
    sent,
    ['title', 'summary'],
  )
  return (
    <FormDialog
      title={t('research.proposeTitle', { call: nameOf(call.title) })}
      command={command}
      send={() => void command.run({ title: title.trim(), summary: summary.trim() })}
      act={t('research.sendProposal')}
      close={close}
    >
      <TextInput
        label={t('research.proposalTitle')}
        required
        maxLength={120}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={command.at('title')}
        data-autofocus
      />
      <Textarea
        label={t('research.summary')}
        description={t('research.summaryHelp')}
        required
        autosize
        minRows={4}
        maxLength={500}
        value={summary}
        onChange={(event) => setSummary(event.currentTarget.value)}
        error={command.at('summary')}
      />
    </FormDialog>
  )
}
