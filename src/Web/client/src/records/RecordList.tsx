import { Anchor, Button, Center, Group, Loader, Pagination, Stack, Table, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp, IconFileUpload, IconFilter, IconPlus, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react'
import useSWR from 'swr'
import { Link } from 'wouter'
import { navigate } from 'wouter/use-browser-location'
import cards from '../certificates/Table.module.css'
import { type Reader, useReader } from '../i18n'
import { useKeys } from '../shell/keys'
import { open } from '../shell/opened'
import { type Asked, isFilter, queryWith, rowsOnPage } from './address'
import { stemOf } from './cells'
import { Filter } from './Filter'
import classes from './Records.module.css'
import { lastOf, readRows } from './requests'
import { addressOf, idOf, inNetwork, pageOf, shownColumns } from './tables'
import { type Names, nameIn } from './useNames'
import { useShown } from './useShown'
import { useWords } from './useWords'
import type { Column, RecordRow, RecordRows, RecordTable } from './wire'

/** A text that may be longer is not shown in lists. */
const longText = 1_000

interface Props {
  readonly network: string
  readonly tables: readonly RecordTable[]
  readonly table: RecordTable
  readonly names: Names
  readonly asked: Asked
  readonly found: RecordRows | undefined
  readonly failed: boolean
  /** Whether the viewer may enter a record in the form, and whether from a file. */
  readonly may: boolean
  readonly mayImport: boolean
}

/** A column of the list. The columns of one text in several languages are one column there. */
interface Listed {
  readonly name: string
  /** The column by which the hub sorts. */
  readonly sort: string
  readonly column: Column
  readonly stem?: string
}

function listed(columns: readonly Column[], language: Reader['language']): readonly Listed[] {
  const found: Listed[] = []
  for (const column of columns) {
    const stem = stemOf(column)
    if (!stem) found.push({ name: column.name, sort: column.name, column })
    else if (!found.some((other) => other.stem === stem)) {
      const own = columns.find(({ name }) => name === `${stem}.${language}`)
      found.push({ name: stem, sort: (own ?? column).name, column, stem })
    }
  }
  // A record's name says more than its id, so the id is shown below the name. Without a name, the hub has made the id, and it says nothing.
  const named = found.find(({ name }) => name === 'name' || name === 'title')
  const rest = found.filter((each) => each !== named && each.name !== 'id')
  return named ? [named, ...rest] : rest
}

const show = (change: Readonly<Record<string, string | null>>, replace = true) =>
  navigate(location.pathname + queryWith(location.search, change), { replace })

/** The list of a table's records: search, filters, sorting and pages are in the address, so that Back and a reload keep them. */
export function RecordList({ network, tables, table, names, asked, found, failed, may, mayImport }: Props) {
  const { t, language } = useReader()
  const words = useWords(table.name)
  const shown = useShown(table.name, names)
  const search = useRef<HTMLInputElement>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  // With only one network, the network of a record says nothing.
  const told = shownColumns(table).filter(
    // A long text has no room in a list. It is in the form and in the file.
    (column) =>
      (column.table !== 'networks' || names.networks.length > 1) &&
      !(column.kind === 'text' && !column.many && (column.most ?? 0) > longText),
  )
  // A column without any value on the page only takes space.
  const columns = listed(told, language).filter(
    ({ column, stem }) => stem || column.required || found?.rows.some((row) => row.cells[column.name] != null),
  )
  const filters = told.filter(isFilter)
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false })
  const [filtering, setFiltering] = useState(false)
  const narrowed = asked.search !== '' || Object.keys(asked.filters).length > 0
  const pages = Math.ceil((found?.matching ?? 0) / rowsOnPage)
  const move = (by: 1 | -1) => {
    const links = [...(body.current?.querySelectorAll<HTMLElement>('[data-open]') ?? [])]
    const at = links.indexOf(document.activeElement as HTMLElement)
    links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by))]?.focus()
  }
  useKeys([
    { key: '/', label: t('records.keySearch'), run: () => search.current?.focus() },
    { key: 'ArrowDown', shown: '↓', label: t('records.keyNext'), run: () => move(1) },
    { key: 'ArrowUp', shown: '↑', label: t('records.keyPrevious'), run: () => move(-1) },
    { key: 'Enter', label: t('records.keyOpen') },
    ...(may ? [{ key: 'n', label: t('records.keyNew'), run: () => open('record', 'new') }] : []),
  ])
  const sortBy = ({ sort }: Listed) =>
    asked.sort !== sort ? show({ sort, descending: null }) : show({ descending: asked.descending ? null : 'true' })
  return (
    <>
      <Group mb="sm" align="end" role="search" aria-label={t('records.filters')}>
        <Search
          key={table.name}
          fieldRef={search}
          value={asked.search}
          down={() => move(1)}
          tell={(text) => show({ search: text || null })}
        />
        {narrow && filters.length > 0 && (
          <Button
            variant="default"
            aria-expanded={filtering}
            leftSection={<IconFilter size={18} aria-hidden />}
            onClick={() => setFiltering(!filtering)}
          >
            {t('records.filterCount', { count: Object.keys(asked.filters).length })}
          </Button>
        )}
        {(narrow && !filtering ? [] : filters).map((column) => (
          <Filter
            key={column.name}
            network={network}
            tables={tables}
            table={table}
            column={column}
            names={names}
            filters={asked.filters}
            onChange={(value) => show({ [column.name]: value })}
          />
        ))}
      </Group>
      {!found && !failed && (
        <Center h={120}>
          <Loader aria-label={t('shell.loading')} />
        </Center>
      )}
      {found && (
        <Text size="sm" c="dimmed" mb="xs" role="status">
          {narrowed ? t('records.found', { count: found.matching, total: found.total }) : t('records.count', { count: found.total })}
          {narrowed && (
            <>
              {' '}
              <Anchor component={Link} href={addressOf(network, table.name)} underline="always" size="sm">
                {t('records.showAll')}
              </Anchor>
            </>
          )}
        </Text>
      )}
      {found?.total === 0 && <Empty network={network} tables={tables} table={table} may={may} mayImport={mayImport} />}
      {found && found.rows.length > 0 && (
        <div className={`${cards.scroll} ${classes.scroll}`} tabIndex={0} role="group" aria-label={t('records.list')}>
          <Table className={`${cards.table} ${cards.cards} ${cards.lines} ${classes.list}`}>
            <Table.Thead>
              <Table.Tr>
                {columns.map((each) => {
                  const sorted = asked.sort === each.sort
                  return (
                    <Table.Th key={each.name} scope="col" aria-sort={sorted ? (asked.descending ? 'descending' : 'ascending') : undefined}>
                      <UnstyledButton className={classes.sort} data-sort={each.sort} onClick={() => sortBy(each)}>
                        {words.column(each.name)}
                        {sorted && (asked.descending ? <IconArrowDown size={14} aria-hidden /> : <IconArrowUp size={14} aria-hidden />)}
                      </UnstyledButton>
                    </Table.Th>
                  )
                })}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody ref={body}>
              {found.rows.map((row) => (
                <Row key={row.key.join('/')} table={table} row={row} columns={columns} words={words} shown={shown} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {pages > 1 && (
        <Pagination
          mt="md"
          total={pages}
          value={Math.min(asked.page, pages)}
          onChange={(next) => show({ page: next > 1 ? `${next}` : null }, false)}
          getItemProps={(number) => ({ 'aria-label': t('accounts.page', { number }) })}
          getControlProps={(control) => ({ 'aria-label': t(control === 'previous' ? 'accounts.previousPage' : 'accounts.nextPage') })}
        />
      )}
    </>
  )
}

interface SearchProps {
  readonly fieldRef: React.Ref<HTMLInputElement>
  readonly value: string
  readonly down: () => void
  readonly tell: (text: string) => void
}

/** The list is read again when the person has stopped typing. */
function Search({ fieldRef, value, down, tell }: SearchProps) {
  const { t } = useReader()
  const [typed, setTyped] = useState(value)
  const [told, setTold] = useState(value)
  const later = useDebouncedCallback((text: string) => tell(text.trim()), 250)
  // The address may change without the field, for example when the person goes back.
  if (value !== told) {
    setTold(value)
    if (value !== typed.trim()) setTyped(value)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    down()
  }
  return (
    <TextInput
      ref={fieldRef}
      type="search"
      name="search"
      flex="1 1 14rem"
      maw={{ base: '100%', xs: 360 }}
      maxLength={80}
      label={t('records.search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onKeyDown={press}
      onChange={(e) => (setTyped(e.currentTarget.value), later(e.currentTarget.value))}
    />
  )
}

interface RowProps {
  readonly table: RecordTable
  readonly row: RecordRow
  readonly columns: readonly Listed[]
  readonly words: ReturnType<typeof useWords>
  readonly shown: ReturnType<typeof useShown>
}

function Row({ table, row, columns, words, shown }: RowProps) {
  const { nameOf } = useReader()
  const id = table.byFileOnly ? row.key.join('/') : idOf(table, row.path)
  const text = ({ column, stem }: Listed) =>
    stem
      ? nameOf({
          en: String(row.cells[`${stem}.en`] ?? ''),
          ar: row.cells[`${stem}.ar`] as string | undefined,
          ko: row.cells[`${stem}.ko`] as string | undefined,
        })
      : shown(column, row.cells[column.name], row.cells)
  const ids = columns[0]!.stem ? row.cells.id : undefined
  const page = pageOf(table, row)
  const query = { record: id, page: new URLSearchParams(location.search).get('page') }
  const openHere = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (page) navigate(page)
    else open('record', id)
  }
  return (
    <Table.Tr className={classes.row} data-record={id}>
      {columns.map((each, i) => {
        const said = text(each)
        return i === 0 ? (
          <Table.Th key={each.name} scope="row">
            <Anchor
              href={page ?? location.pathname + queryWith(location.search, query)}
              data-open
              c="inherit"
              size="sm"
              fw={600}
              onClick={openHere}
            >
              <bdi>{said || nameIn(row.cells, nameOf) || lastOf(row.key)}</bdi>
            </Anchor>
            {ids !== undefined && (
              <Text size="xs" c="dimmed" span display="block" className={classes.id}>
                <bdi>{String(ids)}</bdi>
              </Text>
            )}
          </Table.Th>
        ) : (
          <Table.Td key={each.name} data-label={words.column(each.name)} data-kind={each.column.kind}>
            {said && <bdi>{said}</bdi>}
          </Table.Td>
        )
      })}
    </Table.Tr>
  )
}

type EmptyProps = Pick<Props, 'network' | 'tables' | 'table' | 'may' | 'mayImport'>

/** Says what to do first: enter the records that this table needs, or else the first record. */
function Empty({ network, tables, table, may, mayImport }: EmptyProps) {
  const { t, word } = useReader()
  const needed = [
    ...new Set(
      table.columns.filter((column) => column.kind === 'reference' && column.required && column.table).map((column) => column.table!),
    ),
  ].filter((name) => name !== table.name && tables.some((other) => other.name === name))
  const counts = useSWR(needed.length > 0 ? ['needed', network, ...needed] : null, () =>
    Promise.all(
      needed.map((name) => readRows(`/api/tables/${name}?${new URLSearchParams({ ...inNetwork(network), offset: '0', take: '1' })}`)),
    ),
  )
  if (needed.length > 0 && !counts.data && !counts.error) return null
  const missing = needed.find((_, i) => counts.data?.[i]?.total === 0)
  return (
    <Stack align="flex-start" gap="sm" data-empty={missing ?? table.name}>
      <Text maw="40rem">{word('tableEmpty', table.name)}</Text>
      {missing ? (
        <Anchor component={Link} href={addressOf(network, missing)} underline="always">
          {t('records.first', { table: word('tables', missing) })}
        </Anchor>
      ) : (
        may && (
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => open('record', 'new')}>
            {word('recordNew', table.name)}
          </Button>
        )
      )}
      {may && (
        <Anchor component={Link} href={`/guide/${encodeURIComponent(network)}`} underline="always">
          {t('guide.goOn')}
        </Anchor>
      )}
      {!missing && mayImport && (
        <Button variant="default" leftSection={<IconFileUpload size={18} aria-hidden />} onClick={() => open('import', 'file')}>
          {t('records.import')}
        </Button>
      )}
    </Stack>
  )
}
