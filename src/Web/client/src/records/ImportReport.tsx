import { Button, Group, List, Pagination, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { type Icon, IconCircleX, IconEqual, IconPencil, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import cards from '../certificates/Table.module.css'
import { Notice } from '../commands/Notice'
import { useReader } from '../i18n'
import { datedDay } from '../time/format'
import classes from './Records.module.css'
import type { Names } from './useNames'
import { useShown } from './useShown'
import { useWords } from './useWords'
import type { Cell, ImportedRow, Outcome, RecordTable, TableReport } from './wire'

const outcomes: readonly Outcome[] = ['refused', 'added', 'changed', 'same']
const icons: Readonly<Record<Outcome, Icon>> = { added: IconPlus, changed: IconPencil, same: IconEqual, refused: IconCircleX }
const onPage = 50

interface Props {
  readonly table: RecordTable
  readonly names: Names
  readonly report: TableReport
  /** Whether the rows are entries of a file that has no lines for them. */
  readonly entries?: boolean | undefined
  /** Says whether a row is the person that it is like. Without it, nothing can be said any more. */
  readonly answer?: (row: ImportedRow, isSame: boolean) => void
}

/** What a file would do, or has done: how many rows, which columns were ignored, and each row with its outcome. */
export function ImportReport({ table, names, report, entries, answer }: Props) {
  const { t, word } = useReader()
  const [only, setOnly] = useState('all')
  const shown = report.rows.filter((row) => only === 'all' || row.outcome === only)
  const present = outcomes.filter((outcome) => report.rows.some((row) => row.outcome === outcome))
  return (
    <Stack gap="sm" data-report>
      <ul className={classes.counts}>
        {outcomes.map((outcome) => (
          <li key={outcome} data-count={outcome}>
            <OutcomeText outcome={outcome} count={report[outcome]} />
          </li>
        ))}
      </ul>
      {!!report.missing?.length && <Missing names={names} missing={report.missing} />}
      {report.ignored.length > 0 && <Text size="sm">{t('records.ignored', { columns: report.ignored.join(', ') })}</Text>}
      {present.length > 1 && (
        <SegmentedControl
          aria-label={t('records.onlyOutcome')}
          data={[
            { value: 'all', label: t('records.allRows') },
            ...present.map((outcome) => ({ value: outcome, label: word('outcomes', outcome) })),
          ]}
          value={only}
          onChange={setOnly}
          style={{ alignSelf: 'flex-start' }}
        />
      )}
      <ImportRows key={only} table={table} names={names} rows={shown} entries={entries} answer={answer} />
      {report.rows.length < report.added + report.changed + report.refused && (
        <Text size="sm" c="dimmed">
          {t('records.firstRows', { count: report.rows.length })}
        </Text>
      )}
    </Stack>
  )
}

/** Records that the file no longer has. The days of some holidays are only predicted, so a person decides whether the old day goes. */
function Missing({ names, missing }: { names: Names; missing: NonNullable<TableReport['missing']> }) {
  const { t, locale } = useReader()
  return (
    <Notice kind="warning" title={t('records.missing', { count: missing.length })}>
      <Text size="sm">{t('records.missingText')}</Text>
      <List size="sm" data-missing>
        {missing.slice(0, onPage).map(({ key, cells }) => (
          <List.Item key={key.join(' ')}>
            <bdi>{String(cells.name ?? key[1])}</bdi> · {cells.from ? datedDay(`${String(cells.from)}T12:00Z`, 'UTC', locale) : ''} ·{' '}
            <bdi>{names.of('hospitals', key[0]!, {})}</bdi>
          </List.Item>
        ))}
      </List>
      {missing.length > onPage && <Text size="sm">{t('records.more', { count: missing.length - onPage })}</Text>}
    </Notice>
  )
}

function OutcomeText({ outcome, count }: { outcome: Outcome; count?: number }) {
  const { word, locale } = useReader()
  const Sign = icons[outcome]
  return (
    <span className={classes.outcome} data-outcome={outcome}>
      <Sign size={16} aria-hidden />
      {count !== undefined && <strong>{new Intl.NumberFormat(locale).format(count)}</strong>} {word('outcomes', outcome)}
    </span>
  )
}

interface RowsProps {
  readonly table: RecordTable
  readonly names: Names
  readonly rows: readonly ImportedRow[]
  readonly entries?: boolean | undefined
  readonly answer?: Props['answer'] | undefined
}

/** Whether the question about a row is whether it is the same person. Otherwise it is about another record with the same name. */
const isPerson = ({ code }: ImportedRow) => code === 'table.same-person'

/** Rows of a file, each with its line, its outcome and its reason. */
export function ImportRows({ table, names, rows, entries, answer }: RowsProps) {
  const { t, nameOf } = useReader()
  const [page, setPage] = useState(1)
  const pages = Math.ceil(rows.length / onPage)
  if (rows.length === 0) return null
  return (
    <>
      <div className={cards.scroll} tabIndex={0} role="group" aria-label={t('records.rows')}>
        <Table className={`${cards.table} ${cards.cards} ${cards.lines} ${classes.report}`}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('records.line')}</Table.Th>
              <Table.Th scope="col">{t('records.record')}</Table.Th>
              <Table.Th scope="col">{t('records.outcome')}</Table.Th>
              <Table.Th scope="col">{t('records.what')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice((page - 1) * onPage, page * onPage).map((row) => (
              <Table.Tr key={`${row.line} ${row.key.join(' ')}`} data-line={row.line}>
                <Table.Th scope="row">{t(entries ? 'records.entry' : 'records.lineNumber', { number: row.line })}</Table.Th>
                <Table.Td data-label={t('records.record')}>
                  <bdi>{row.key.filter(Boolean).join(' · ')}</bdi>
                </Table.Td>
                <Table.Td data-label={t('records.outcome')}>
                  <OutcomeText outcome={row.outcome} />
                </Table.Td>
                <Table.Td data-label={t('records.what')}>
                  <What table={table} names={names} row={row} />
                  {row.like && answer && (
                    <Stack gap={4} mt={4} data-like>
                      <Text size="sm">
                        {row.like.line
                          ? t(isPerson(row) ? 'records.likeLine' : 'records.sameLine', { name: nameOf(row.like.name), line: row.like.line })
                          : t(isPerson(row) ? 'records.like' : 'records.same', { name: nameOf(row.like.name), id: row.like.id })}
                      </Text>
                      <Group gap="xs">
                        <Button size="compact-sm" variant="default" onClick={() => answer(row, true)}>
                          {t(isPerson(row) ? 'records.likeSame' : 'records.sameYes')}
                        </Button>
                        <Button size="compact-sm" variant="default" onClick={() => answer(row, false)}>
                          {t(isPerson(row) ? 'records.likeOther' : 'records.sameNo')}
                        </Button>
                      </Group>
                    </Stack>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {pages > 1 && (
        <Pagination
          total={pages}
          value={page}
          onChange={setPage}
          getItemProps={(number) => ({ 'aria-label': t('accounts.page', { number }) })}
          getControlProps={(control) => ({ 'aria-label': t(control === 'previous' ? 'accounts.previousPage' : 'accounts.nextPage') })}
        />
      )}
    </>
  )
}

function What({ table, names, row }: Omit<RowsProps, 'rows' | 'entries' | 'answer'> & { row: ImportedRow }) {
  const { t, word } = useReader()
  const words = useWords(table.name)
  const shown = useShown(table.name, names)
  const said = (name: string, value: Cell | null | undefined) => {
    const column = table.columns.find((each) => each.name === name)
    return (column && shown(column, value, {})) || t('records.nothing')
  }
  const known = row.code ? word('findings', row.code) : ''
  return (
    <>
      {row.code && (
        <Text size="sm" c="var(--hub-warning)">
          {row.column && <bdi>{words.column(row.column)}: </bdi>}
          {/* A newer hub may have codes that this page does not know. */}
          {known === row.code ? <bdi lang="en">{row.message ?? row.code}</bdi> : known}
        </Text>
      )}
      {row.outcome === 'changed' &&
        row.changes?.map(({ column, before, after }) => (
          <Text size="sm" key={column}>
            {t('records.fromTo', { name: words.column(column), before: said(column, before), after: said(column, after) })}
          </Text>
        ))}
    </>
  )
}
