import { addDays, hour, instantOf, localOf, minute } from '../time/format'

/** The board's time axis: some days side by side, each from one hour to another, in one zone. It runs left to right in every language. */
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

/** The hours that all of these spans need, at least from 7 to 18. */
export function hoursOf(spans: Iterable<{ start: string; end: string }>, zone: string): { from: number; to: number } {
  let [from, to] = [7, 18]
  for (const { start, end } of spans) {
    const [first, last] = [localOf(start, zone), localOf(end, zone)]
    from = Math.min(from, Number(first.slice(11, 13)))
    to = last.slice(0, 10) === first.slice(0, 10) ? Math.max(to, Math.ceil(Number(last.slice(11, 13)) + Number(last.slice(14)) / 60)) : 24
  }
  return { from, to }
}

export function axisOf(firstDay: string, count: number, zone: string, hours: { from: number; to: number }, room: number, leastAnHour: number): Axis {
  const pixelsAnHour = Math.max(leastAnHour, room / count / (hours.to - hours.from))
  const dayWidth = pixelsAnHour * (hours.to - hours.from)
  return { days: Array.from({ length: count }, (_, i) => addDays(firstDay, i)), zone, ...hours, pixelsAnHour, dayWidth, width: dayWidth * count }
}

/** Pixels from the start of the axis; what lies outside the shown hours is drawn at their edge. */
export function xOf(instant: string | number, axis: Axis): number {
  const local = localOf(instant, axis.zone)
  const index = Math.round((Date.parse(local.slice(0, 10)) - Date.parse(axis.days[0]!)) / (24 * hour))
  if (index < 0) return 0
  if (index >= axis.days.length) return axis.width
  const hours = Number(local.slice(11, 13)) + Number(local.slice(14)) / 60
  return index * axis.dayWidth + Math.min(Math.max(hours - axis.from, 0), axis.to - axis.from) * axis.pixelsAnHour
}

/** The instant (ms) at a place of the axis, to the nearest quarter of an hour. */
export function instantAt(x: number, axis: Axis): number {
  const within = Math.min(Math.max(x, 0), axis.width - 1)
  const index = Math.floor(within / axis.dayWidth)
  const hours = axis.from + (within - index * axis.dayWidth) / axis.pixelsAnHour
  return instantOf(axis.days[index]!, axis.zone) + Math.round((hours * hour) / snap) * snap
}
