import type { Hospital, WorkingHours } from '../api/schema'
import { addDays, instantOf } from '../time/format'
import { type Axis, xOf } from './axis'

/**
 * A stretch of a row, in pixels of the axis, in which a room is closed or its hospital does not work. `from` and `to` are the instants (ms)
 * of the whole stretch.
 */
export interface Shut {
  readonly left: number
  readonly width: number
  readonly why: 'closed' | 'outsideHours'
  readonly from: number
  readonly to: number
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

/** The working hours of one local date, by the same rule as in the rosters. An entry with dates takes precedence. */
function hoursOn(date: string, all: readonly WorkingHours[]): WorkingHours | undefined {
  const weekday = weekdays[new Date(`${date}T00:00Z`).getUTCDay()]!
  const found = all.filter((h) => h.day.toLowerCase() === weekday && date >= (h.from ?? '') && date <= (h.until ?? '9999-12-31'))
  return found.findLast((h) => h.from || h.until) ?? found[0]
}

/** The stretches in which an engagement would meet a closure or lie outside working hours. A hospital without hours works at any time. */
export function shutOf(hospital: Hospital, room: string, axis: Axis): Shut[] {
  const shut: Shut[] = []
  const add = (from: number, to: number, why: Shut['why']) => {
    const [left, right] = [xOf(from, axis), xOf(to, axis)]
    const before = shut.at(-1)
    // The time from an evening to the next morning is one stretch.
    const goesOn = before && why === 'outsideHours' && before.why === why && from - before.to <= 1
    if (goesOn) shut[shut.length - 1] = { ...before, width: right - before.left, to }
    else if (right - left >= 1) shut.push({ left, width: right - left, why, from, to })
  }
  const zone = hospital.timeZone
  // In the hospital's zone, a day of the axis may begin on the date before or end on the date after.
  if (hospital.hours.length > 0)
    for (const date of [addDays(axis.days[0]!, -1), ...axis.days, addDays(axis.days.at(-1)!, 1)]) {
      const hours = hoursOn(date, hospital.hours)
      const [first, last] = [instantOf(date, zone), instantOf(addDays(date, 1), zone) - 1]
      const at = (time: string) => instantOf(`${date}T${time.slice(0, 5)}`, zone)
      if (!hours) add(first, last, 'outsideHours')
      else {
        add(first, at(hours.opens), 'outsideHours')
        add(at(hours.closes), last, 'outsideHours')
      }
    }
  const ends = instantOf(addDays(axis.days.at(-1)!, 1), axis.zone)
  for (const closure of hospital.closures)
    if ((!closure.room || closure.room === room) && Date.parse(closure.from) < ends)
      add(Date.parse(closure.from), Date.parse(closure.to), 'closed')
  return shut
}
