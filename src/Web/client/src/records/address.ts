import { inNetwork } from './tables'
import type { Column } from './wire'

/** What the address of a table says about its list. */
export interface Asked {
  readonly search: string
  readonly sort: string | null
  readonly descending: boolean
  readonly page: number
  /** The wanted values by column. */
  readonly filters: Readonly<Record<string, string>>
}

export const rowsOnPage = 50

export const isFilter = ({ kind }: Column) => kind === 'choice' || kind === 'reference' || kind === 'flag'

export function askedOf(query: string, columns: readonly Column[]): Asked {
  const said = new URLSearchParams(query)
  const sort = said.get('sort')
  return {
    search: said.get('search') ?? '',
    sort: columns.some((column) => column.name === sort) ? sort : null,
    descending: said.get('descending') === 'true',
    page: Math.max(1, Math.floor(Number(said.get('page'))) || 1),
    filters: Object.fromEntries(columns.filter(isFilter).flatMap(({ name }) => (said.get(name) ? [[name, said.get(name)!] as const] : []))),
  }
}

/** The same address with other values. A value that is null is left out. Another list begins at its first page. */
export function queryWith(query: string, change: Readonly<Record<string, string | null>>): string {
  const said = new URLSearchParams(query)
  if (!('page' in change)) said.delete('page')
  for (const [name, value] of Object.entries(change))
    if (value) said.set(name, value)
    else said.delete(name)
  return said.size > 0 ? `?${said}` : ''
}

/** The request for the rows that the address asks for. */
export function rowsUrl(table: string, network: string, { search, sort, descending, page, filters }: Asked) {
  const wanted = new URLSearchParams({
    ...inNetwork(network),
    ...(search && { search }),
    ...(sort && { sort, ...(descending && { descending: 'true' }) }),
    offset: `${(page - 1) * rowsOnPage}`,
    take: `${rowsOnPage}`,
    ...filters,
  })
  return `/api/tables/${table}?${wanted}`
}
