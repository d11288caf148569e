import { addDays, localOf, mondayOf, weekOf } from '../time/format'
import { type Engagement, takesTime } from './roster'

/** Whether a week has engagements and no work is left in it. */
export const isOver = (engagements: readonly Engagement[], now: number) =>
  engagements.length > 0 && !engagements.some((engagement) => takesTime(engagement) && Date.parse(engagement.end) > now)

/**
 * The local date on which a board of a week opens: the day on which work goes on or begins next. If no work is left in the week, it is
 * today if today is in the week, or else the week's Monday.
 */
export function openingDay(engagements: readonly Engagement[], week: string, now: number, zone: string): string {
  const today = localOf(now, zone).slice(0, 10)
  const next = engagements
    .filter((engagement) => takesTime(engagement) && Date.parse(engagement.end) > now)
    .map((engagement) => localOf(Math.max(now, Date.parse(engagement.start)), zone).slice(0, 10))
    .sort()[0]
  const latest = addDays(mondayOf(week), 6)
  if (next) return next < mondayOf(week) ? mondayOf(week) : next > latest ? latest : next
  return weekOf(today) === week ? today : mondayOf(week)
}
