import { Text } from '@mantine/core'
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
 * Stores changes of records. If planned engagements would suffer from a change, or two people may be one, a dialog says so and asks for a
 * reason. The page shows `dialog` beside its forms and not inside them.
 * @param unable Called if the record has changed or is in use. Without it, this is a problem like any other.
 */
export function useChange(
  table: RecordTable,
  names: Names,
  stored: (outcome: Of<'stored'>) => unknown,
  unable?: (outcome: Of<'changed' | 'used'>) => unknown,
) {
  const { t, word } = useReader()
  const [asked, setAsked] = useState<Of<'affects' | 'asked'>>()
  const [reason, setReason] = useState('')
  const command = useForm(
    async ({ change, reason }: Wanted) => {
      const outcome = await send(table, change, reason)
      if (!unable && outcome.what === 'changed') throw new Problem(412, 'record.changed', '')
      if (!unable && outcome.what === 'used') throw new Problem(409, 'record.in-use', '')
      return outcome
    },
    (outcome) => {
      const isAsked = outcome.what === 'affects' || outcome.what === 'asked'
      setAsked(isAsked ? outcome : undefined)
      if (outcome.what === 'stored') return stored(outcome)
      if (!isAsked) return unable?.(outcome)
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
        title={t(asked.what === 'asked' ? 'records.sameTitle' : 'records.affectsTitle')}
        size="lg"
        command={command}
        send={() => void command.run({ change: asked.change, reason: reason.trim() })}
        act={t('records.storeAnyway')}
        close={close}
        data-affecting
      >
        {asked.what === 'affects' ? (
          <Affected engagements={asked.affects} names={names} />
        ) : (
          <>
            <Text size="sm">{word('findings', asked.question.code)}</Text>
            {/* The hub's sentence names the other person. */}
            <Text size="sm" c="dimmed">
              <bdi lang="en">{asked.question.message}</bdi>
            </Text>
          </>
        )}
        <ReasonField value={reason} onChange={setReason} />
      </FormDialog>
    ),
  }
}
