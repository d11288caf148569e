import { Button, List, Loader, Stack, Text } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import useSWRInfinite from 'swr/infinite'
import { http, type Problem } from '../api/http'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { exact, relative } from '../time/format'
import { useNow } from '../time/useNow'
import { differences } from './cells'
import { type Change, type Stored } from './requests'
import type { Done } from './TablePage'
import { cellsAt, historyOf, shownColumns } from './tables'
import { useChange } from './useChange'
import type { Names } from './useNames'
import { useShown } from './useShown'
import { useWords } from './useWords'
import type { Cells, RecordChange, RecordTable } from './wire'

const onPage = 50

interface Props {
  readonly network: string
  readonly table: RecordTable
  readonly names: Names
  readonly path: string
  /** The record as it is now. Null if it was removed. */
  readonly now: Stored | null
  readonly may: boolean
  readonly stored: (done: Done) => void
}

/** Says what happened to a record, newest first and page by page. The last change can be taken back. */
export function RecordHistory({ network, table, names, path, now, may, stored }: Props) {
  const { t } = useReader()
  const query = new URLSearchParams({ ...historyOf(table, network, path), take: `${onPage}` })
  const at = `/api/tables/${table.name}/history?${query}`
  // The tag is a part of the key, so that the history is read again after each change.
  const { data, error, size, setSize } = useSWRInfinite<RecordChange[], Problem>(
    (index: number, before: RecordChange[] | null) =>
      index > 0 && (before?.length ?? 0) < onPage ? null : [index === 0 ? at : `${at}&before=${before!.at(-1)!.version}`, now?.tag],
    ([address]: [string]) => http.get<RecordChange[]>(address),
    { revalidateOnFocus: false, revalidateFirstPage: false },
  )
  const change = useChange(table, names, stored)
  const undo = ({ before, after }: RecordChange): Change => ({
    path,
    before: after ? cellsAt(table, path, after) : null,
    after: before ? cellsAt(table, path, before) : null,
    tag: now?.tag ?? null,
  })
  if (!data) return error ? <ProblemNotice problem={error} title={t('shell.notRead')} /> : <Loader aria-label={t('shell.loading')} />
  const changes = data.flat()
  if (changes.length === 0) return <Text role="status">{t('records.noHistory')}</Text>
  return (
    <>
      <ProblemNotice problem={change.problem} waiting={change.waiting} />
      <Stack component="ol" gap="md" p={0} m={0} style={{ listStyle: 'none' }} data-history>
        {changes.map((each, i) => (
          <Entry key={each.version} table={table} names={names} path={path} change={each}>
            {i === 0 && may && (
              <Button
                size="compact-sm"
                variant="default"
                data-do="undo"
                leftSection={<IconArrowBackUp size={16} className="mantine-rotate-rtl" aria-hidden />}
                loading={change.busy}
                onClick={() => void change.run(undo(each))}
              >
                {t('records.undoLast')}
              </Button>
            )}
          </Entry>
        ))}
      </Stack>
      {(data.at(-1)?.length ?? 0) >= onPage && (
        <Button mt="xs" size="compact-sm" variant="subtle" onClick={() => void setSize(size + 1)}>
          {t('board.moreHistory')}
        </Button>
      )}
      {change.dialog}
      {change.factorDialog}
    </>
  )
}

interface EntryProps {
  readonly table: RecordTable
  readonly names: Names
  readonly path: string
  readonly change: RecordChange
  readonly children: React.ReactNode
}

function Entry({ table, names, path, change, children }: EntryProps) {
  const { t, nameOf, locale } = useReader()
  const shown = useShown(table.name, names)
  const words = useWords(table.name)
  const now = useNow()
  const [before, after] = [change.before, change.after].map((record) => (record ? cellsAt(table, path, record) : {})) as [Cells, Cells]
  const by = nameOf(change.name ?? undefined) || names.personName(change.by)
  return (
    <li>
      <Text size="sm" fw={600}>
        {t(!change.before ? 'records.didAdd' : !change.after ? 'records.didRemove' : 'records.didChange', { by })}
      </Text>
      {change.reason && (
        <Text size="sm" fs="italic" dir="auto">
          {t('board.because', { reason: change.reason })}
        </Text>
      )}
      <List size="sm" listStyleType="none">
        {differences(shownColumns(table), before, after).map((column) => (
          <List.Item key={column.name}>
            {change.before && change.after
              ? t('records.fromTo', {
                  name: words.column(column.name),
                  before: shown(column, before[column.name], before) || t('records.nothing'),
                  after: shown(column, after[column.name], after) || t('records.nothing'),
                })
              : t('records.is', {
                  name: words.column(column.name),
                  value: shown(column, change.after ? after[column.name] : before[column.name], change.after ? after : before),
                })}
          </List.Item>
        ))}
      </List>
      <Text size="xs" c="dimmed" title={exact(change.at, names.zone, locale)} mb={4}>
        {relative(change.at, now, locale, names.zone)}
      </Text>
      {children}
    </li>
  )
}
