import type { NetworkNames } from '../networks/useNetwork'
import type { Engagement } from './roster'
import type { BoardView } from './view'

/** One resource of the board and its engagements by lane. A row of the kind `group` is the heading of the rows that follow. */
export interface Row {
  readonly key: string
  readonly kind: 'group' | 'room' | 'remote' | 'consultant'
  readonly id: string
  readonly hospital: string | null
  readonly label: string
  readonly engagements: readonly Engagement[]
  readonly lanes: ReadonlyMap<string, number>
  readonly laneCount: number
}

export const laneHeight = 40
export const rowHeight = (row: Row) => (row.kind === 'group' || row.engagements.length === 0 ? 30 : row.laneCount * laneHeight + 6)

/** Puts engagements that overlap into separate lanes, earliest first. */
export function lanesOf(engagements: readonly Engagement[]): { lanes: Map<string, number>; count: number } {
  const ends: string[] = []
  const lanes = new Map<string, number>()
  for (const engagement of engagements) {
    let lane = ends.findIndex((end) => Date.parse(end) <= Date.parse(engagement.start))
    if (lane < 0) lane = ends.length
    ends[lane] = engagement.end
    lanes.set(engagement.id, lane)
  }
  return { lanes, count: Math.max(1, ends.length) }
}

const byStart = (a: Engagement, b: Engagement) => Date.parse(a.start) - Date.parse(b.start) || a.id.localeCompare(b.id)

/** Arranges the rows of one board. It remembers the last rows, so that a row with the same engagements stays the same object. */
export function rowsKeeper() {
  let last: ReadonlyMap<string, Row> = new Map()
  return (engagements: readonly Engagement[], view: BoardView, names: NetworkNames) => {
    const rows = rowsOf(engagements, view, names, last)
    last = new Map(rows.map((row) => [row.key, row]))
    return rows
  }
}

/** The board's rows. A row that has the same engagements as last time is used again, so that only changed rows are drawn again. */
function rowsOf(engagements: readonly Engagement[], view: BoardView, names: NetworkNames, last: ReadonlyMap<string, Row>): Row[] {
  const taken = new Map<string, Engagement[]>()
  const put = (key: string, engagement: Engagement) => void (taken.get(key)?.push(engagement) ?? taken.set(key, [engagement]))
  for (const engagement of engagements)
    if (view.by === 'rooms') put(`${engagement.hospital}/${engagement.room ?? ''}`, engagement)
    else for (const person of engagement.consultants.length > 0 ? engagement.consultants : ['']) put(person, engagement)

  const rows: Row[] = []
  const add = (kind: Row['kind'], key: string, id: string, hospital: string | null, label: string) => {
    const own = kind === 'group' ? [] : (taken.get(key)?.sort(byStart) ?? [])
    const before = last.get(`${kind}:${key}`)
    if (before && before.label === label && before.engagements.length === own.length && before.engagements.every((d, i) => d === own[i]))
      rows.push(before)
    else {
      const { lanes, count } = lanesOf(own)
      rows.push({ key: `${kind}:${key}`, kind, id, hospital, label, engagements: own, lanes, laneCount: count })
    }
  }

  if (view.by === 'rooms')
    for (const hospital of names.hospitals) {
      if (view.hospital && hospital.id !== view.hospital) continue
      const rooms = hospital.rooms.filter((room) => !view.narrows || taken.has(`${hospital.id}/${room.id}`))
      const remote = taken.has(`${hospital.id}/`)
      if (rooms.length === 0 && !remote) continue
      add('group', hospital.id, hospital.id, hospital.id, names.hospitalName(hospital.id))
      for (const room of rooms) add('room', `${hospital.id}/${room.id}`, room.id, hospital.id, names.roomName(hospital.id, room.id))
      if (remote) add('remote', `${hospital.id}/`, '', hospital.id, '')
    }
  else {
    if (taken.has('')) add('consultant', '', '', null, '')
    for (const specialty of names.specialties) {
      if (view.specialty && specialty.code !== view.specialty) continue
      const people = names.consultants.filter(
        (c) => c.specialties[0] === specialty.code && ((!view.narrows && !view.hospital) || taken.has(c.id)),
      )
      if (people.length === 0) continue
      add('group', specialty.code, specialty.code, null, names.specialtyName(specialty.code))
      for (const person of people) add('consultant', person.id, person.id, null, names.personName(person.id))
    }
  }
  return rows
}
