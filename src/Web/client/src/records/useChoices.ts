import type { OptionsFilter } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import useSWR from 'swr'
import { useReader } from '../i18n'
import { lastOf, readRows } from './requests'
import { inNetwork } from './tables'
import type { Names } from './useNames'
import type { Cells, Column, RecordTable } from './wire'

const listed = 30

/**
 * The records that a reference may name, as the hub finds them by the typed text. The hub is asked once the list is open. If the found
 * records belong to a record that this row names too, such as the rooms of its hospital, only those are offered.
 */
export function useChoices(network: string, column: Column, tables: readonly RecordTable[], cells: Cells, names: Names) {
  const { t } = useReader()
  const [text, setText] = useState('')
  const [wanted, setWanted] = useState(false)
  const [asked] = useDebouncedValue(text.trim(), 250)
  // The rows of people are roles, so people are chosen from the list of names.
  const table = column.table === 'people' ? undefined : tables.find(({ name }) => name === column.table)
  const owners = (table?.columns ?? []).filter(
    ({ name, key, kind }) => key && kind === 'reference' && name !== column.name && typeof cells[name] === 'string',
  )
  const query = new URLSearchParams({
    ...inNetwork(network),
    ...(asked && { search: asked }),
    ...Object.fromEntries(owners.map(({ name }) => [name, String(cells[name])])),
    offset: '0',
    take: `${listed}`,
  })
  const { data, isLoading } = useSWR(wanted && table ? `/api/tables/${column.table}?${query}` : null, readRows, {
    keepPreviousData: true,
    revalidateOnFocus: false,
  })
  // Two records may have the same last part of their key. One choice stands for both.
  const isMatch = (label: string) => label.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase())
  const found = new Map(
    table
      ? data?.rows.map((row) => [lastOf(row.key), names.rowName(row)] as const)
      : names
          .listed(column.table!)
          .filter(({ label }) => isMatch(label))
          .slice(0, listed)
          .map(({ value, label }) => [value, label] as const),
  )
  return {
    /** The attributes of a list with these choices and those that are chosen already. */
    of: (chosen: readonly string[]) => ({
      data: [...new Map([...chosen.map((id) => [id, names.of(column.table!, id, cells)] as const), ...found])].map(([value, label]) => ({
        value,
        label,
      })),
      // The hub has already searched.
      filter: (input: ComboboxParsed) => input.options,
      nothingFoundMessage: t(isLoading ? 'shell.loading' : 'shell.findNothing'),
      searchValue: text,
      onSearchChange: setText,
      onDropdownOpen: () => setWanted(true),
    }),
  }
}

type ComboboxParsed = Parameters<OptionsFilter>[0]
