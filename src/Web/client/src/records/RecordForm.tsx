import { Button, Group, Stack, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { CommandForm } from '../accounts/CommandForm'
import { Sure } from '../accounts/Sure'
import { Notice } from '../commands/Notice'
import { useReader } from '../i18n'
import { localOf } from '../time/format'
import { differences, idFrom, stemOf } from './cells'
import { Field } from './Field'
import { InUse } from './InUse'
import { Merge } from './Merge'
import classes from './Records.module.css'
import type { Outcome, Stored } from './requests'
import type { Done } from './TablePage'
import { ownerColumn, pathFor, shownColumns } from './tables'
import { useChange } from './useChange'
import type { Names } from './useNames'
import { useShown } from './useShown'
import { useWords } from './useWords'
import type { Cells, Column, RecordTable } from './wire'

interface Props {
  readonly network: string
  readonly tables: readonly RecordTable[]
  readonly table: RecordTable
  readonly names: Names
  /** The path of the record. Undefined for a new one. */
  readonly path: string | undefined
  /** The record when the form opened. Undefined for a new one. */
  readonly first: Stored | undefined
  /** The record as the hub has it now. Null if it was removed meanwhile. */
  readonly now: Stored | null | undefined
  /** The values that a new record begins with. */
  readonly initial: Cells
  readonly may: boolean
  /** Called when the form has unsaved input or no longer has any, and when a dialog over it opens or closes. */
  readonly tell: (state: { readonly unsaved: boolean; readonly asking: boolean }) => void
  /** Called with the record as the hub has it now, because somebody else has changed it. */
  readonly found: (now: Stored | null) => void
  readonly stored: (done: Done) => void
  readonly close: () => void
}

/** An id for a record without an English name. */
const anyId = (table: string) => `${table[0]}-${crypto.randomUUID().slice(0, 8)}`

/** The columns with the id behind the name, because the id is made from the name. Without a name, the id comes last. */
function ordered(columns: readonly Column[]): readonly Column[] {
  const id = columns.filter(({ name }) => name === 'id')
  const rest = columns.filter(({ name }) => name !== 'id')
  const named = rest.findLastIndex((column) => ['name', 'title'].includes(stemOf(column) ?? '')) + 1 || rest.length
  return [...rest.slice(0, named), ...id, ...rest.slice(named)]
}

/** Whether a stored record keeps the value. Where the members make the id of a record, a change of them moves the record. */
const isFixed = (table: RecordTable, column: Column) => !!column.key && (!table.natural || column === ownerColumn(table))

/** Groups the columns of one text in several languages. */
function grouped(columns: readonly Column[]): readonly (readonly Column[])[] {
  const groups: Column[][] = []
  for (const column of columns) {
    const stem = stemOf(column)
    if (stem && groups.at(-1)?.[0] && stemOf(groups.at(-1)![0]!) === stem) groups.at(-1)!.push(column)
    else groups.push([column])
  }
  return groups
}

/** The form of one record. It works on the record that the person saw, and never overwrites a change that they have not seen. */
export function RecordForm({ network, tables, table, names, path, first, now, initial, may, tell, found, stored, close }: Props) {
  const { t } = useReader()
  const shown = useShown(table.name, names)
  const words = useWords(table.name)
  const idColumn = table.columns.find(({ name }) => name === 'id')
  const named = table.columns.find(({ name }) => name === 'name.en' || name === 'title.en')?.name
  const [blank] = useState<Cells>(() => ({ ...initial, ...(idColumn && !named && { id: anyId(table.name) }) }))
  const [base, setBase] = useState<Stored | null>(first ?? null)
  const [draft, setDraft] = useState<Cells>(first?.cells ?? blank)
  const [idTyped, setIdTyped] = useState(false)
  const [renewed, setRenewed] = useState(false)
  const [asking, setAsking] = useState(false)
  const [used, setUsed] = useState<Extract<Outcome, { what: 'used' }>>()
  const isNew = base === null
  const unsaved = may && differences(table.columns, base?.cells ?? blank, draft).length > 0
  const isOther = !!now && !!base && now.tag !== base.tag
  // A form without input of its own simply shows the new state.
  if (isOther && !unsaved) {
    setBase(now)
    setDraft(now.cells)
    setRenewed(true)
  }
  const command = useChange(table, names, stored, (outcome) => {
    setAsking(false)
    if (outcome.what === 'used') setUsed(outcome)
    else found(outcome.now)
  })
  const told = useEffectEvent(tell)
  useEffect(() => told({ unsaved, asking: command.asking }), [unsaved, command.asking])
  const change = (column: Column, value: Cells[string]) => {
    if (column.name === 'id') setIdTyped(true)
    const id = isNew &&
      idColumn &&
      !idTyped &&
      column.name === named && { id: idFrom(String(value ?? ''), idColumn.most ?? 80) || undefined }
    // A new consultant has the time zone of the partner, until somebody chooses another one.
    const filled = isNew && table.columns.find(({ kind, requiredWithout }) => kind === 'zone' && requiredWithout === column.name)
    const zoneOf = (of: Cells[string]) => (of ? names.zoneOf(String(of)) : undefined)
    setDraft((now) => ({
      ...now,
      [column.name]: value,
      ...id,
      ...(filled && (now[filled.name] ?? undefined) === zoneOf(now[column.name]) && { [filled.name]: zoneOf(value) }),
    }))
  }
  const send = () => {
    const to = path ?? pathFor(table, network, draft)
    if (!to) return
    if (!isNew && !unsaved) return close()
    setUsed(undefined)
    void command.run({ path: to, before: base?.cells ?? null, after: draft, tag: base?.tag ?? null })
  }
  const remove = (sure: boolean) =>
    sure ? void command.run({ path: path!, before: base!.cells, after: null, tag: base!.tag }) : setAsking(false)
  const until = table.columns.find(({ name }) => name === 'until')
  const end = () => {
    const at = new Date().toISOString()
    const value = until!.kind === 'date' ? localOf(at, names.zone).slice(0, 10) : `${at.slice(0, 16)}:00Z`
    void command.run({ path: path!, before: base!.cells, after: { ...base!.cells, until: value }, tag: base!.tag })
  }
  const removed = now === null && !isNew
  const notice = removed ? (
    <Notice kind="warning" role="alert" title={t('records.removedMeanwhile')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('records.removedText')}</Text>
        <Button size="xs" variant="default" onClick={() => (setBase(null), setIdTyped(true), command.clear())}>
          {t('records.enterAgain')}
        </Button>
      </Stack>
    </Notice>
  ) : isOther && unsaved ? (
    <Merge
      key={now.tag}
      table={table}
      shown={shown}
      before={base.cells}
      mine={draft}
      theirs={now.cells}
      done={(merged) => (setBase(now), setDraft(merged), command.clear())}
    />
  ) : undefined
  const groups = grouped(ordered(shownColumns(table)))
  const focused = groups.flat().find((column) => isNew || !isFixed(table, column))
  return (
    <>
      {!may && (
        <Text size="sm" mb="sm" role="note">
          {t('records.readOnly')}
        </Text>
      )}
      {renewed && !notice && (
        <Text size="sm" mb="sm" role="status" data-renewed>
          {t('records.renewed')}
        </Text>
      )}
      {used && (
        <InUse
          network={network}
          usedBy={used.usedBy}
          uses={used.uses}
          end={until && end}
          busy={command.busy}
          close={() => setUsed(undefined)}
        />
      )}
      <CommandForm command={command} send={send} act={t('shell.save')} disabled={!may} changed={notice} cancel={close} data-form>
        <div className={classes.fields}>
          {groups.map((group) => {
            const stem = stemOf(group[0]!)
            const fields = group.map((column) => (
              <Field
                key={column.name}
                network={network}
                tables={tables}
                table={table}
                column={column}
                names={names}
                cells={draft}
                onChange={(value) => change(column, value)}
                error={command.at(column.name)}
                fixed={!may || (!isNew && isFixed(table, column))}
                focused={column === focused}
              />
            ))
            return stem ? (
              <div key={group[0]!.name} className={classes.texts} role="group" aria-label={words.column(stem)}>
                {fields}
              </div>
            ) : (
              fields
            )
          })}
        </div>
      </CommandForm>
      {may && !isNew && !removed && (
        <div className={classes.remove}>
          {asking ? (
            <Sure text={t('records.removeSure')} keep={t('records.keep')} act={t('records.remove')} busy={command.busy} answer={remove} />
          ) : (
            <Group justify="flex-end">
              <Button
                variant="subtle"
                color="gray"
                c="var(--hub-text)"
                data-do="remove"
                leftSection={<IconTrash size={18} aria-hidden />}
                onClick={() => (setUsed(undefined), setAsking(true))}
              >
                {t('records.remove')}
              </Button>
            </Group>
          )}
        </div>
      )}
      {command.dialog}
    </>
  )
}
