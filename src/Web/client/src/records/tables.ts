import { noNetwork } from '../networks/useNetwork'
import { cellsOf, recordOf } from './cells'
import type { Cells, Column, RecordRow, RecordTable } from './wire'

/** What owns records, as the live topic names it. It also groups the tables on the screen. */
export const owners = ['networks', 'hospitals', 'consultants', 'conferences', 'programmes', 'dossiers', 'initiatives', 'people'] as const
export type Owner = (typeof owners)[number]

export const ownerOf = ({ path }: Pick<RecordTable, 'path'>): Owner =>
  owners.find((owner) => path.startsWith(`/api/${owner}/`)) ?? 'networks'

export { noNetwork }

/** The network of a request. The networks themselves can be listed without one. */
export const inNetwork = (network: string): Record<string, string> => (network === noNetwork ? {} : { network })

/** Whether a part of a table's path tells a record from other records of the network. */
const isOwn = (part: string) => part.includes('{') && part !== '{network}'

const partsOf = ({ path }: RecordTable) => path.split('?')[0]!.split('/')
const hasQuery = ({ path }: RecordTable) => path.includes('?network={network}')

/** Whether a network has one record of this kind, so that nobody can enter another one. */
export const isOnly = (table: RecordTable) => !partsOf(table).some(isOwn)

/** Whether the table is shown as one record: it is the network or belongs to it, and the network has one of it. */
export const isSingle = (table: RecordTable) => table.one && ownerOf(table) === 'networks'

/** The id of the only record of a table. */
const only = '-'

/** What names a record in the screen's address, such as `al-qassimi/clinic-1`: the parts of its path that are its own. */
export function idOf(table: RecordTable, path: string): string {
  const parts = path.split('?')[0]!.split('/')
  return (
    partsOf(table)
      .flatMap((part, i) => (isOwn(part) ? [parts[i] ?? ''] : []))
      .join('/') || only
  )
}

/** The path of a record from what names it in the address. Undefined if the address names no possible record. */
export function pathOf(table: RecordTable, network: string, id: string): string | undefined {
  const values = id === only ? [] : id.split('/')
  const parts = partsOf(table)
  if (values.length !== parts.filter(isOwn).length || values.some((value) => /^\.{0,2}$/.test(value))) return undefined
  const path = parts.map((part) => (isOwn(part) ? safely(values.shift()!) : part === '{network}' ? encodeURIComponent(network) : part))
  return withQuery(table, network, path.join('/'))
}

const withQuery = (table: RecordTable, network: string, path: string) =>
  hasQuery(table) ? `${path}?network=${encodeURIComponent(network)}` : path

function safely(part: string) {
  try {
    return encodeURIComponent(decodeURIComponent(part))
  } catch {
    return encodeURIComponent(part)
  }
}

/** The path of a new record. Undefined while a part is missing. The hub itself makes the id of a record whose members are its id. */
export function pathFor(table: RecordTable, network: string, cells: Cells): string | undefined {
  let isWhole = true
  const parts = partsOf(table).map((part) => {
    if (part === '{network}') return encodeURIComponent(network)
    if (isOwn(part) && table.natural && !ownerColumn(table, part)) return 'new'
    return part.replace(/\{(\w+)\}/g, (_, name: string) => {
      isWhole &&= !!cells[name]
      return encodeURIComponent(String(cells[name] ?? ''))
    })
  })
  return isWhole ? withQuery(table, network, parts.join('/')) : undefined
}

/** The column that names the owner of a record, and is no member of the record: the first one. Undefined if there is no such column. */
export function ownerColumn({ columns, path }: RecordTable, part?: string): Column | undefined {
  const [first] = columns
  const owns = first?.key && first.kind === 'reference' && path.includes(`{${first.name}}`)
  return owns && (part === undefined || part === `{${first.name}}`) ? first : undefined
}

/** The columns that people see: without the network, which the screen names already. */
export const shownColumns = (table: RecordTable) =>
  table.columns.filter((column) => column.name !== 'network' || column !== ownerColumn(table))

/** The cells of a record that the hub has sent. Its path has its owner and its id. */
export function cellsAt(table: RecordTable, path: string, record: object | null | undefined): Cells {
  const parts = path.split('?')[0]!.split('/')
  const named = partsOf(table).flatMap((part, i) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    return name && !(table.natural && name !== ownerColumn(table)?.name) ? [[name, decodeURIComponent(parts[i] ?? '')] as const] : []
  })
  if (hasQuery(table)) named.push(['network', new URLSearchParams(path.split('?')[1]).get('network') ?? ''])
  return {
    ...Object.fromEntries(named.filter(([name]) => table.columns.some((column) => column.name === name))),
    ...cellsOf(table.columns, record ?? null),
  }
}

/** A record as the hub reads it. Its owner is only in its path. */
export function bodyOf(table: RecordTable, cells: Cells): object {
  const owner = ownerColumn(table)
  return recordOf(
    table.columns.filter((column) => column !== owner),
    cells,
  )
}

/** The ids by which the hub finds the history of a record: of its owner, and of the record among those of its owner. */
export function historyOf(table: RecordTable, network: string, path: string): Readonly<Record<string, string>> {
  const own = idOf(table, path).split('/').map(decodeURIComponent)
  if (isOnly(table)) return { owner: network }
  if (table.one) return { owner: own[0]! }
  if (path.startsWith('/api/specialties/')) return { owner: 'hub', id: own[0]! }
  return own.length > 1 ? { owner: own[0]!, id: own[1]! } : { owner: network, id: own[0]! }
}

/** Whether the viewer may enter records in a network. A table of the whole hub belongs to no network. */
export const mayAdd = ({ mayAdd, mayChange }: RecordTable, network: string) =>
  mayAdd && (mayChange.length === 0 || mayChange.includes(network))

export const mayChange = (table: RecordTable, network: string, row?: RecordRow) =>
  row?.mayChange ?? (table.mayChange.includes(network) || mayAdd(table, network))

/** The page of a record that this screen does not change: its own page. Undefined if the screen changes the record. */
export function pageOf({ name, byFileOnly }: RecordTable, { key, cells }: RecordRow): string | undefined {
  if (!byFileOnly) return undefined
  const [owner = '', id = ''] = key
  if (name === 'people') return `/accounts/${encodeURIComponent(String(cells.person ?? ''))}`
  if (name === 'conferences') return `/conferences/${encodeURIComponent(owner)}`
  if (name === 'sessions') return `/conferences/${encodeURIComponent(owner)}?session=${encodeURIComponent(id)}`
  return `/board/${owner}?show=${encodeURIComponent(id)}`
}

/** The address of the screen of a table or of one of its records. */
export function addressOf(network: string, table: string, asked: Readonly<Record<string, string>> = {}) {
  const query = new URLSearchParams(asked).toString()
  return `/records/${encodeURIComponent(network)}/${table}${query && `?${query}`}`
}
