import { addDays, mondayOf, weekOf } from '../time/format'
import type { NamedRotation } from './wire'

const dayOf = (date: string) => Date.parse(`${date}T00:00Z`) / 86_400_000

/** The Mondays of the weeks in which a period lies. */
export function mondays(from: string, to: string): readonly string[] {
  const found: string[] = []
  for (let monday = mondayOf(weekOf(from)); monday <= to; monday = addDays(monday, 7)) found.push(monday)
  return found
}

/** Where a period lies in a longer one, as parts of the length of the longer one. The part outside is cut off. */
export function part(from: string, to: string, start: string, end: string) {
  const [first, length] = [dayOf(start), dayOf(end) - dayOf(start) + 1]
  const [at, until] = [Math.max(0, dayOf(from) - first), Math.min(length, dayOf(to) - first + 1)]
  return { at: at / length, width: Math.max(0, until - at) / length }
}

const overlap = (a: NamedRotation, b: NamedRotation) => a.rotation.from <= b.rotation.to && b.rotation.from <= a.rotation.to

/** Puts rotations into lanes, so that those in one lane do not overlap. */
export function lanesOf(rotations: readonly NamedRotation[]): readonly (readonly NamedRotation[])[] {
  const lanes: NamedRotation[][] = []
  for (const one of [...rotations].sort((a, b) => a.rotation.from.localeCompare(b.rotation.from))) {
    const free = lanes.find((lane) => lane.every((other) => !overlap(one, other)))
    if (free) free.push(one)
    else lanes.push([one])
  }
  return lanes
}

/** The most people who are in a department on one day of a week. */
export function mostIn(rotations: readonly NamedRotation[], monday: string): number {
  const days = Array.from({ length: 7 }, (_, i) => addDays(monday, i))
  return Math.max(...days.map((day) => rotations.filter(({ rotation }) => rotation.from <= day && day <= rotation.to).length))
}
