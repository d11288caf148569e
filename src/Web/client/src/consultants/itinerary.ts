import type { Duty } from '../rostering/roster'
import { takesTime } from '../rostering/roster'
import { day, localOf } from '../time/format'

/** What a consultant has before them. */
export interface Itinerary {
  /** Under way, or due to be. */
  readonly now: readonly Duty[]
  readonly next: Duty | undefined
  /** Ended within the last day, and nobody has said what became of them. */
  readonly unsaid: readonly Duty[]
  /** From today on by the hospital's day: also what is called off, and what waits for this person's answer. */
  readonly days: readonly { readonly date: string; readonly duties: readonly Duty[] }[]
}

export function itineraryOf(duties: readonly Duty[], me: string, now: number, zoneOf: (duty: Duty) => string): Itinerary {
  const sorted = duties
    .filter((d) => d.consultants.includes(me) || d.proposal?.candidate === me)
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start))
  const own = sorted.filter((d) => takesTime(d) && d.status !== 'completed' && d.consultants.includes(me))
  const ended = (duty: Duty) => Date.parse(duty.end) <= now
  const underWay = own.filter((d) => d.status === 'inProgress' || (!ended(d) && Date.parse(d.start) <= now))
  const days = new Map<string, Duty[]>()
  for (const duty of sorted) {
    const date = localOf(duty.start, zoneOf(duty)).slice(0, 10)
    if (date >= localOf(now, zoneOf(duty)).slice(0, 10)) days.set(date, [...(days.get(date) ?? []), duty])
  }
  return {
    now: underWay,
    next: own.find((d) => !ended(d) && !underWay.includes(d)),
    unsaid: own.filter((d) => ended(d) && !underWay.includes(d) && now - Date.parse(d.end) < day),
    days: [...days].sort(([a], [b]) => a.localeCompare(b)).map(([date, list]) => ({ date, duties: list })),
  }
}

/** Whether somebody may say that they have arrived: not earlier before the start than the network allows (ms), and not after the end. */
export const mayArrive = (duty: Duty, now: number, early: number) =>
  (duty.status === 'planned' || duty.status === 'confirmed') && Date.parse(duty.start) - now <= early && Date.parse(duty.end) > now
