import { useState } from 'react'
import { FormDialog } from '../accounts/CommandForm'
import { useForm } from '../accounts/useForm'
import { Problem } from '../api/http'
import { ReasonField } from '../commands/ReasonField'
import { useReader } from '../i18n'
import { Affected } from './Affected'
import { type Change, type Outcome, send } from './requests'
import type { Names } from './useNames'
import type { RecordTable } from './wire'

type Of<W extends Outcome['what']> = Extract<Outcome, { readonly what: W }>

interface Wanted {
  readonly change: Change
  readonly reason: string
}

/**
 * Stores changes of records. If planned engagements would suffer from a change, a dialog shows them and asks for a reason. The page shows
 * `dialog` beside its forms and not inside them.
 * @param unable Called if the record has changed or is in use. Without it, this is a problem like any other.
 */
export function useChange(
  table: RecordTable,
  names: Names,
  stored: (outcome: Of<'stored'>) => unknown,
  unable?: (outcome: Of<'changed' | 'used'>) => unknown,
) {
  const { t } = useReader()
  const [asked, setAsked] = useState<Of<'affects'>>()
  const [reason, setReason] = useState('')
  const command = useForm(
    async ({ change, reason }: Wanted) => {
      const outcome = await send(table, change, reason)
      if (!unable && outcome.what === 'changed') throw new Problem(412, 'record.changed', '')
      if (!unable && outcome.what === 'used') throw new Problem(409, 'record.in-use', '')
      return outcome
    },
    (outcome) => {
      setAsked(outcome.what === 'affects' ? outcome : undefined)
      if (outcome.what === 'stored') return stored(outcome)
      if (outcome.what !== 'affects') return unable?.(outcome)
    },
    table.columns.map((column) => column.name),
  )
  const close = () => (setAsked(undefined), command.clear())
  return {
    ...command,
    run: (change: Change) => (setReason(''), command.run({ change, reason: '' })),
    // While the dialog is open, it shows the refusals and asks for the second factor.
    rest: asked ? undefined : command.rest,
    factorDialog: asked ? undefined : command.factorDialog,
    asking: asked !== undefined || command.asking,
    dialog: asked && (
      <FormDialog
        title={t('records.affectsTitle')}
        size="lg"
        command={command}
        send={() => void command.run({ change: asked.change, reason: reason.trim() })}
        act={t('records.storeAnyway')}
        close={close}
        data-affecting
      >
        <Affected engagements={asked.affects} names={names} />
        <ReasonField value={reason} onChange={setReason} />
      </FormDialog>
    ),
  }
}
