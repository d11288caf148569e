import type { Engagement } from '../rostering/roster'
import { takesTime } from '../rostering/roster'
import { day, localOf } from '../time/format'

/** The engagements ahead of a consultant. */
export interface Itinerary {
  /** Engagements that are under way, or should be under way now. */
  readonly now: readonly Engagement[]
  readonly next: Engagement | undefined
  /** Engagements that ended within the last day, and whose outcome nobody has reported. */
  readonly unsaid: readonly Engagement[]
  /** Completed engagements of the last days for which nobody has recorded what was done. */
  readonly uncounted: readonly Engagement[]
  /**
   * The days from today on, by the date at the hospital. Cancelled engagements and those that wait for this person's answer are included.
   */
  readonly days: readonly { readonly date: string; readonly engagements: readonly Engagement[] }[]
}

export function itineraryOf(
  engagements: readonly Engagement[],
  me: string,
  now: number,
  zoneOf: (engagement: Engagement) => string,
): Itinerary {
  const sorted = engagements
    .filter((d) => d.consultants.includes(me) || d.proposal?.candidate === me)
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start))
  const own = sorted.filter((d) => takesTime(d) && d.status !== 'completed' && d.consultants.includes(me))
  const ended = (engagement: Engagement) => Date.parse(engagement.end) <= now
  const underWay = own.filter((d) => d.status === 'inProgress' || (!ended(d) && Date.parse(d.start) <= now))
  const days = new Map<string, Engagement[]>()
  for (const engagement of sorted) {
    const date = localOf(engagement.start, zoneOf(engagement)).slice(0, 10)
    if (date >= localOf(now, zoneOf(engagement)).slice(0, 10)) days.set(date, [...(days.get(date) ?? []), engagement])
  }
  return {
    now: underWay,
    next: own.find((d) => !ended(d) && !underWay.includes(d)),
    unsaid: own.filter((d) => ended(d) && !underWay.includes(d) && now - Date.parse(d.end) < day),
    uncounted: sorted.filter((d) => d.status === 'completed' && !d.work && d.consultants.includes(me) && now - Date.parse(d.end) < 7 * day),
    days: [...days].sort(([a], [b]) => a.localeCompare(b)).map(([date, list]) => ({ date, engagements: list })),
  }
}
