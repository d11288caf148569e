import { useMemo } from 'react'
import useSWR from 'swr'
import { useReader } from '../i18n'
import type { NetworkView } from '../api/schema'
import { useResource } from '../api/useResource'
import { noNetwork, useNetwork } from '../networks/useNetwork'
import { lastOf, readRows } from './requests'
import type { Cells, RecordRow, RecordTable } from './wire'

/** The tables whose names the board's lists already have. */
const known: ReadonlySet<string> = new Set([
  'networks',
  'hospitals',
  'rooms',
  'consultants',
  'specialties',
  'partners',
  'people',
  'persons',
])
const listed = 200

/** The names of the records that other records refer to. */
export function useNames(network: string, tables: readonly RecordTable[]) {
  const { nameOf } = useReader()
  const names = useNetwork(
    network,
    tables.some(({ name }) => name === 'consultants'),
  )
  const networks = useResource<NetworkView[]>('/api/networks')
  const others = useMemo(
    () => [...new Set(tables.flatMap(({ columns }) => columns.flatMap(({ table }) => (table && !known.has(table) ? [table] : []))))],
    [tables],
  )
  const more = useSWR(
    others.length > 0 && network !== noNetwork ? ['names', network, ...others] : null,
    () => Promise.all(others.map((table) => readRows(`/api/tables/${table}?network=${network}&offset=0&take=${listed}`))),
    { revalidateOnFocus: false },
  )
  return useMemo(() => {
    const rowName = (row: RecordRow) => nameIn(row.cells, nameOf) || lastOf(row.key)
    const rest = new Map(
      others.flatMap((table, i) => more.data?.[i]?.rows.map((row) => [`${table} ${lastOf(row.key)}`, rowName(row)] as const) ?? []),
    )
    return {
      zone: names.zone,
      networks: networks.data?.map(({ network }) => ({ id: network.id, name: nameOf(network.name) })) ?? [],
      personName: names.personName,
      rowName,
      hospitals: names.hospitals.map(({ id }) => ({ value: id, label: names.hospitalName(id) })),
      partners: names.network?.partners.map(({ id, name }) => ({ value: id, label: nameOf(name) })) ?? [],
      /** The time zone of a partner. */
      zoneOf: (partner: string) => names.network?.partners.find(({ id }) => id === partner)?.timeZone,
      /** The choices of a reference to things without a table of their own. */
      listed: (table: string) =>
        [...(table === 'people' || table === 'persons' ? names.people : []), ...(table === 'persons' ? names.consultants : [])].map(
          ({ id, name }) => ({ value: id, label: nameOf(name) }),
        ),
      /** The name of the record that a cell refers to. Other cells of the row may be needed: a room's id is unique only in its hospital. */
      of(table: string, id: string, cells: Cells): string {
        switch (table) {
          case 'networks':
            return nameOf(networks.data?.find(({ network }) => network.id === id)?.network.name) || id
          case 'hospitals':
            return names.hospitalName(id)
          case 'rooms':
            return names.roomName(String(cells.hospital ?? ''), id) || id
          case 'specialties':
            return names.specialtyName(id)
          case 'partners':
            return nameOf(names.network?.partners.find((partner) => partner.id === id)?.name) || id
          case 'consultants':
          case 'people':
          case 'persons':
            return names.personName(id)
          default:
            return rest.get(`${table} ${id}`) ?? id
        }
      },
    }
  }, [names, networks.data, more.data, others, nameOf])
}

export type Names = ReturnType<typeof useNames>

/** The name of a record, if it has one. */
export function nameIn(cells: Cells, nameOf: ReturnType<typeof useReader>['nameOf']): string {
  const text = (name: string) => (typeof cells[name] === 'string' ? cells[name] : undefined)
  const en = text('name.en') ?? text('title.en')
  const stem = text('name.en') ? 'name' : 'title'
  return en ? nameOf({ en, ar: text(`${stem}.ar`) ?? null, ko: text(`${stem}.ko`) ?? null }) : (text('name') ?? text('title') ?? '')
}
