import { Button, Group, Stack, Text } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { useForm } from '../accounts/useForm'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { Problem } from '../api/http'
import { idFrom } from '../records/cells'
import { Field } from '../records/Field'
import classes from '../records/Records.module.css'
import { useLeaveGuard } from '../shell/useLeaveGuard'
import type { Names } from '../records/useNames'
import type { Cells, Column, RecordTable } from '../records/wire'
import { type Entry, enter, tableOf } from './entry'

/** A field of the form: a column of a table. `as` changes what the form asks for, such as a date instead of an instant. */
export interface EntryField {
  readonly table: string
  readonly column: string
  readonly as?: Partial<Column>
}

/** What a person has filled in, by table. */
export type Draft = Readonly<Record<string, Cells>>

interface Props {
  readonly network: string
  readonly tables: readonly RecordTable[]
  readonly names: Names
  readonly fields: readonly EntryField[]
  /** The values with which the form begins. */
  readonly first: Draft
  /** The records that a filled form stands for. */
  readonly entryOf: (draft: Draft) => Entry
  /** Called when everything is stored. `again` is whether the person wants to enter another one. */
  readonly stored: (entry: Entry, again: boolean) => unknown
  /** Whether there can be more than one. */
  readonly several?: boolean
}

/** Enters the records of one step together. The fields are those of the tables, with the same names, checks and refusals. */
export function EntryForm({ network, tables, names, fields, first, entryOf, stored, several }: Props) {
  const { t, word } = useReader()
  // The values with which the form begins may change while a person fills it in. The person keeps what the form began with.
  const [start, setStart] = useState(first)
  const [draft, setDraft] = useState(start)
  const [last, setLast] = useState<string>()
  // An id is made from the English name. The person chooses it if it is taken, or if the name has no Latin letters.
  const [taken, setTaken] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const main = fields[0]!.table
  const name = draft[main]?.['name.en']
  const asksId = taken || (!!name && !idFrom(String(name), 1))
  const shown = asksId ? [fields[0]!, { table: main, column: 'id' }, ...fields.slice(1)] : fields
  const groups = [...new Set(shown.map(({ table }) => table))].map((table) => shown.filter((field) => field.table === table))
  const leave = useLeaveGuard(draft !== start, t('records.leaveSure'))
  const command = useForm(
    async ({ entry, again }: { entry: Entry; again: boolean }, commandId) => {
      try {
        await enter(tables, entry, commandId)
      } catch (problem) {
        // An id may also be taken in a network that the person may not read.
        if (problem instanceof Problem && (problem.code === 'record.twice' || problem.code === 'access.denied')) setTaken(true)
        throw problem
      }
      return { entry, again }
    },
    ({ entry, again }) => {
      leave()
      if (again) {
        setStart(first)
        setDraft(first)
        setTaken(false)
        setLast(String(entry.records[0]!.cells['name.en']))
        form.current?.querySelector('input')?.focus()
      }
      return stored(entry, again)
    },
    shown.map(({ table, column }) => `${table}.${column}`),
  )
  const send = (again: boolean) => void command.run({ entry: entryOf(draft), again })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    send(((event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null)?.name === 'again')
  }
  return (
    <form onSubmit={submit} ref={form} data-form>
      <Stack gap="sm">
        {groups.map((group) => {
          const table = tableOf(tables, group[0]!.table)
          return (
            <div
              key={table.name}
              role="group"
              data-table={table.name}
              aria-label={groups.length > 1 ? word('guideGroups', table.name) : undefined}
            >
              {groups.length > 1 && (
                <Text fw={600} mb={4} aria-hidden>
                  {word('guideGroups', table.name)}
                </Text>
              )}
              <div className={classes.fields}>
                {group.map(({ column, as }) => (
                  <Field
                    key={column}
                    network={network}
                    tables={tables}
                    table={table}
                    column={{ ...table.columns.find((each) => each.name === column)!, ...as }}
                    names={names}
                    cells={draft[table.name] ?? {}}
                    onChange={(value) => setDraft((now) => ({ ...now, [table.name]: { ...now[table.name], [column]: value } }))}
                    error={command.at(`${table.name}.${column}`)}
                    fixed={false}
                    focused={false}
                  />
                ))}
              </div>
            </div>
          )
        })}
        <ProblemNotice problem={command.rest} waiting={command.waiting} />
        <Text size="sm" role="status">
          {last && t('records.added', { name: last })}
        </Text>
        <Group>
          <Button type="submit" loading={command.busy} data-do="store">
            {t('guide.store')}
          </Button>
          {several && (
            <Button type="submit" name="again" variant="default" disabled={command.busy} data-do="again">
              {t('guide.storeAgain')}
            </Button>
          )}
        </Group>
      </Stack>
      {command.factorDialog}
    </form>
  )
}
