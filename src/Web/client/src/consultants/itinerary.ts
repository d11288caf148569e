import { type Duty, takesTime } from '../rostering/roster'
import { localOf } from '../time/format'

/** What a consultant has before them: the duty under way, the one after it, and all by local day. */
export interface Itinerary {
  readonly now: readonly Duty[]
  readonly next: Duty | undefined
  readonly days: readonly { readonly date: string; readonly duties: readonly Duty[] }[]
}

export function itineraryOf(duties: readonly Duty[], now: number, zoneOf: (duty: Duty) => string): Itinerary {
  const sorted = duties.filter(takesTime).sort((a, b) => Date.parse(a.start) - Date.parse(b.start))
  const over = (duty: Duty) => duty.status === 'completed' || Date.parse(duty.end) <= now
  const underWay = sorted.filter((d) => d.status === 'inProgress' || (!over(d) && Date.parse(d.start) <= now))
  const days = new Map<string, Duty[]>()
  for (const duty of sorted) {
    const date = localOf(duty.start, zoneOf(duty)).slice(0, 10)
    days.set(date, [...(days.get(date) ?? []), duty])
  }
  const today = sorted[0] ? localOf(now, zoneOf(sorted[0])).slice(0, 10) : ''
  return {
    now: underWay,
    next: sorted.find((d) => !over(d) && !underWay.includes(d)),
    days: [...days].map(([date, list]) => ({ date, duties: list })).filter((d) => d.date >= today),
  }
}
