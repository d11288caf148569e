import { deviceZone } from '../accounts/grants'
import { Text } from '@mantine/core'
import { Link } from 'wouter'
import { useReader } from '../i18n'
import { idFrom } from '../records/cells'
import { lastOf } from '../records/requests'
import { mayAdd, noNetwork } from '../records/tables'
import type { Names } from '../records/useNames'
import type { Cell, Cells, RecordTable } from '../records/wire'
import { addDays, instantOf } from '../time/format'
import { type Entry, type NewRecord, tableOf } from './entry'
import { type EntryField, EntryForm } from './EntryForm'
import type { Progress } from './useProgress'

export interface StepProps {
  readonly network: string
  readonly tables: readonly RecordTable[]
  readonly names: Names
  /** The time zone of the network. */
  readonly zone: string
  /** What the network has already. Undefined if there is no network yet. */
  readonly progress: Progress | undefined
  readonly readAgain: () => Promise<unknown>
  readonly stored: (entry: Entry, again: boolean) => unknown
  readonly toNext: () => void
}

const mostOfId = 80
/** The id that the person has chosen, or else one that is made from the English name. */
const idOf = (cells: Cells) => String(cells.id ?? '') || idFrom(String(cells['name.en'] ?? ''), mostOfId)
const listOf = (value: Cell | null | undefined) => (Array.isArray(value) ? value.map(String) : [])
const instant = (local: string, zone: string) => new Date(instantOf(local, zone)).toISOString().replace('.000Z', 'Z')

/** The fields for a name: in English, and in the reader's language if that is another one. */
function useNameFields(table: string): EntryField[] {
  const { language } = useReader()
  return ['en', ...(language === 'en' ? [] : [language])].map((each) => ({ table, column: `name.${each}` }))
}

/** The form of a step that enters records, or the sentence that the person may not enter them. */
function RecordsForm(props: Parameters<typeof EntryForm>[0]) {
  const { t } = useReader()
  const lacking = props.fields.some(({ table }) => {
    const known = tableOf(props.tables, table) as RecordTable | undefined
    return !known || !(props.network === noNetwork ? known.mayAdd : mayAdd(known, props.network))
  })
  return lacking ? <Text role="note">{t('guide.mayNot')}</Text> : <EntryForm {...props} />
}

/** Enters a network. Whoever does it becomes its coordinator. */
export function NetworkStep({ network, tables, names, stored }: StepProps) {
  const { t } = useReader()
  const name = useNameFields('networks')
  if (network !== noNetwork)
    return (
      <Text size="sm">
        {tables.some((table) => table.name === 'networks' && table.mayAdd) && (
          <Link href={`/guide/${noNetwork}`} data-do="new-network">
            {t('guide.newNetwork')}
          </Link>
        )}
      </Text>
    )
  return (
    <RecordsForm
      {...{ network, tables, names, stored }}
      fields={[...name, { table: 'networks', column: 'timeZone' }]}
      first={{ networks: { timeZone: deviceZone } }}
      entryOf={({ networks = {} }) => {
        const id = idOf(networks)
        return { owner: id, records: [{ table: 'networks', cells: { ...networks, id } }] }
      }}
    />
  )
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']

/** Enters a hospital with its first room and its opening hours. */
export function HospitalStep({ network, tables, names, zone, stored }: StepProps) {
  return (
    <RecordsForm
      {...{ network, tables, names, stored }}
      several
      fields={[
        ...useNameFields('hospitals'),
        { table: 'hospitals', column: 'city' },
        ...useNameFields('rooms'),
        { table: 'rooms', column: 'capacity' },
        { table: 'hours', column: 'day', as: { many: true, required: false } },
        { table: 'hours', column: 'opens' },
        { table: 'hours', column: 'closes' },
      ]}
      first={{ rooms: {}, hours: { day: weekdays, opens: '08:00', closes: '17:00' } }}
      entryOf={({ hospitals = {}, rooms = {}, hours = {} }) => {
        const id = idOf(hospitals)
        const room = { ...rooms, hospital: id, id: idOf(rooms) || 'room-1' }
        return {
          owner: id,
          records: [
            { table: 'hospitals', cells: { timeZone: zone, ...hospitals, id, network } },
            { table: 'rooms', cells: room },
            ...listOf(hours.day).map((day): NewRecord => ({ table: 'hours', cells: { ...hours, hospital: id, day } })),
          ],
        }
      }}
    />
  )
}

/** Enters a partner institution. */
export function PartnerStep({ network, tables, names, stored }: StepProps) {
  return (
    <RecordsForm
      {...{ network, tables, names, stored }}
      several
      fields={[...useNameFields('partners'), { table: 'partners', column: 'timeZone' }]}
      first={{}}
      entryOf={({ partners = {} }) => ({
        owner: network,
        records: [{ table: 'partners', cells: { ...partners, network, id: idOf(partners) } }],
      })}
    />
  )
}

/** Enters a consultant with a visit and with the credentials for it: each specialty at each chosen hospital, as long as the visit. */
export function ConsultantStep({ network, tables, names, zone, progress, stored }: StepProps) {
  const partners = progress?.rows.partners ?? []
  const hospitals = progress?.rows.hospitals.map((row) => lastOf(row.key)) ?? []
  const one = partners.length === 1 ? lastOf(partners[0]!.key) : undefined
  const fields: EntryField[] = [
    ...useNameFields('consultants'),
    { table: 'consultants', column: 'specialties', as: { required: true } },
    ...(partners.length > 1 ? [{ table: 'consultants', column: 'home' }] : []),
    { table: 'visits', column: 'arrival', as: { kind: 'date' } },
    { table: 'visits', column: 'departure', as: { kind: 'date' } },
    { table: 'credentials', column: 'hospital', as: { many: true, required: false } },
  ]
  return (
    <RecordsForm
      {...{ network, tables, names, stored, fields }}
      several
      first={{ consultants: { ...(one && { home: one }) }, credentials: { hospital: hospitals } }}
      entryOf={({ consultants = {}, visits = {}, credentials = {} }) => {
        const id = idOf(consultants)
        const home = partners.find((row) => lastOf(row.key) === consultants.home)
        const from = instant(`${String(visits.arrival)}T00:00`, zone)
        const to = instant(`${addDays(String(visits.departure), 1)}T00:00`, zone)
        return {
          owner: id,
          records: [
            {
              table: 'consultants',
              cells: { ...consultants, id, networks: [network], homeTimeZone: home?.cells.timeZone ?? zone },
            },
            { table: 'visits', cells: { consultant: id, id: 'v-1', network, arrival: from, departure: to } },
            ...listOf(credentials.hospital)
              .flatMap((hospital) => listOf(consultants.specialties).map((specialty) => ({ hospital, specialty })))
              .map((each, i): NewRecord => ({ table: 'credentials', cells: { consultant: id, id: `c-${i + 1}`, ...each, from, to } })),
          ],
        }
      }}
    />
  )
}
