import { addDays, hour, instantOf, localOf, minute } from '../time/format'

/** The board's time axis: days side by side, each from one hour to another, in one zone. It runs left to right in every language. */
export interface Axis {
  readonly days: readonly string[]
  readonly zone: string
  /** Hours of the local day that are shown. */
  readonly from: number
  readonly to: number
  readonly pixelsAnHour: number
  readonly dayWidth: number
  readonly width: number
}

export const snap = 15 * minute

interface Span {
  readonly start: string
  readonly end: string
}

/** The local times at which a span begins and ends in the zone, and the last date in the span. */
interface Local {
  readonly zone: string
  readonly first: string
  readonly last: string
  readonly ends: string
}

// Results are kept here, because a board needs them for all its engagements after each change of one engagement.
const locals = new WeakMap<Span, Local>()

function localSpan(of: Span, zone: string): Local {
  const known = locals.get(of)
  if (known?.zone === zone) return known
  const ends = localOf(Date.parse(of.end) - 1, zone).slice(0, 10)
  const found = { zone, first: localOf(of.start, zone), last: localOf(of.end, zone), ends }
  locals.set(of, found)
  return found
}

/** The hours that all these spans need, at least from 7 to 18. If a date is given, only the hours on that date count. */
export function hoursOf(spans: Iterable<Span>, zone: string, date?: string): { from: number; to: number } {
  let [from, to] = [7, 18]
  for (const span of spans) {
    const { first, last, ends } = localSpan(span, zone)
    const [before, after] = [first.slice(0, 10) < (date ?? ends), ends > (date ?? first.slice(0, 10))]
    from = before ? 0 : Math.min(from, Number(first.slice(11, 13)))
    to = after || ends < last.slice(0, 10) ? 24 : Math.max(to, Math.ceil(Number(last.slice(11, 13)) + Number(last.slice(14)) / 60))
  }
  return { from, to }
}

export function axisOf(
  firstDay: string,
  count: number,
  zone: string,
  hours: { from: number; to: number },
  room: number,
  leastAnHour: number,
): Axis {
  const pixelsAnHour = Math.max(leastAnHour, room / count / (hours.to - hours.from))
  const dayWidth = pixelsAnHour * (hours.to - hours.from)
  return {
    days: Array.from({ length: count }, (_, i) => addDays(firstDay, i)),
    zone,
    ...hours,
    pixelsAnHour,
    dayWidth,
    width: dayWidth * count,
  }
}

/** Pixels from the start of the axis. Times outside the shown hours are drawn at the edge. */
export function xOf(instant: string | number, axis: Axis): number {
  const local = localOf(instant, axis.zone)
  const index = Math.round((Date.parse(local.slice(0, 10)) - Date.parse(axis.days[0]!)) / (24 * hour))
  if (index < 0) return 0
  if (index >= axis.days.length) return axis.width
  const hours = Number(local.slice(11, 13)) + Number(local.slice(14)) / 60
  return index * axis.dayWidth + Math.min(Math.max(hours - axis.from, 0), axis.to - axis.from) * axis.pixelsAnHour
}

/** The instant (ms) at a place on the axis, to the nearest quarter of an hour. */
export function instantAt(x: number, axis: Axis): number {
  const within = Math.min(Math.max(x, 0), axis.width - 1)
  const index = Math.floor(within / axis.dayWidth)
  const hours = axis.from + (within - index * axis.dayWidth) / axis.pixelsAnHour
  return instantOf(axis.days[index]!, axis.zone) + Math.round((hours * hour) / snap) * snap
}
