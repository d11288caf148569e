/** Times as people say them. An instant is ISO text in UTC or a number of ms. A zone is an IANA name. */
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

const formats = new Map<string, Intl.DateTimeFormat>()

function format(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`
  let found = formats.get(key)
  if (!found)
    formats.set(key, (found = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone, hourCycle: options.hour ? 'h23' : undefined })))
  return found
}

export const clock = (instant: string | number, zone: string, locale: string) =>
  format(locale, zone, { hour: '2-digit', minute: '2-digit' }).format(new Date(instant))

/**
 * A span of time such as “09:00–10:30”. It is isolated left to right, because between Arabic words the end would come before the start. It
 * never breaks into two lines.
 */
export const span = (start: string | number, end: string | number, zone: string, locale: string) =>
  `\u2066${clock(start, zone, locale)}–\u2060${clock(end, zone, locale)}\u2069`

/** A date such as “Thu 26 Nov”. */
export const shortDate = (instant: string | number, zone: string, locale: string) =>
  format(locale, zone, { weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(instant))

/** A date such as “Thu 26 Nov”, with the year if it is not the present one. */
export const nearDate = (instant: string | number, zone: string, locale: string, now = Date.now()) =>
  localOf(instant, zone).slice(0, 4) === localOf(now, zone).slice(0, 4)
    ? shortDate(instant, zone, locale)
    : format(locale, zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(instant))

/** A date such as “27 Dec 2019”, for dates that may be years away. */
export const datedDay = (instant: string | number, zone: string, locale: string) =>
  format(locale, zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(instant))

/** A date such as “Thursday 26 November”. */
export const longDate = (instant: string | number, zone: string, locale: string) =>
  format(locale, zone, { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(instant))

/** The whole instant with its zone, for people who need it exactly. */
export const exact = (instant: string | number, zone: string, locale: string) =>
  format(locale, zone, { dateStyle: 'full', timeStyle: 'long' } as Intl.DateTimeFormatOptions).format(new Date(instant))

/** The city of a zone, such as “Seoul”: in the reader's language if it is in `zoneNames`, or else from the zone's id. */
export const zoneCity = (zone: string, locale: string) => {
  const known = zoneNames[zone]?.[locale.slice(0, 2)]
  // `Etc/GMT-1` is one hour ahead of UTC. The sign in these ids is reversed.
  const fixed = /^Etc\/GMT([+-])(\d+)$/.exec(zone)
  if (fixed) return `UTC${fixed[1] === '-' ? '+' : '−'}${fixed[2]}`
  return known ?? zone.split('/').at(-1)!.replaceAll('_', ' ')
}

const zoneNames: Record<string, Record<string, string>> = {
  'Asia/Dubai': { en: 'Dubai', ar: 'دبي', ko: '두바이' },
  'Asia/Seoul': { en: 'Seoul', ar: 'سيول', ko: '서울' },
}

// Formats are expensive to make, and a board needs hundreds at a time.
const relatives = new Map<string, Intl.RelativeTimeFormat>()
const units = new Map<string, Intl.NumberFormat>()

function kept<T>(known: Map<string, T>, key: string, make: () => T): T {
  let found = known.get(key)
  if (!found) known.set(key, (found = make()))
  return found
}

let deviceZone: string | undefined

/** The zone of this device. It is asked for only when needed, because the first use of Intl is slow. */
const hereZone = () => (deviceZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone)

/**
 * The number of days from one instant to another by the calendar of a zone. From Saturday to Monday there are two days, at any time of day.
 */
export const daysBetween = (from: string | number, to: string | number, zone: string) =>
  Math.round((Date.parse(localOf(to, zone).slice(0, 10)) - Date.parse(localOf(from, zone).slice(0, 10))) / day)

/**
 * How far an instant is from now, such as “in 25 minutes”, “3 hours ago” or “tomorrow”. From about one day on, days are counted by the
 * calendar of `zone`. This is the zone of the place that is shown, or this device's zone if there is no place.
 */
export function relative(instant: string | number, now: number, locale: string, zone: string = hereZone()): string {
  const gap = new Date(instant).getTime() - now
  const size = Math.abs(gap)
  const words = kept(relatives, locale, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))
  if (size < 45_000) return words.format(0, 'second')
  if (size < hour) return words.format(Math.round(gap / minute), 'minute')
  const days = size < 23.5 * hour ? 0 : daysBetween(now, instant, zone)
  return days === 0 ? words.format(Math.round(gap / hour), 'hour') : words.format(days, 'day')
}

/** How long ago an instant was. Within the first minute, this is in seconds. */
export function ago(instant: number, now: number, locale: string): string {
  const size = Math.max(0, now - instant)
  if (size >= minute) return relative(instant, now, locale)
  return kept(relatives, `${locale} always`, () => new Intl.RelativeTimeFormat(locale)).format(-Math.round(size / 1000), 'second')
}

type Unit = 'hour' | 'minute' | 'second'

// After “by”, “within” and “for”, the hub's Arabic sentences need another case. The platform knows only the nominative.
const arabic: Record<Unit, Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }> = {
  hour: { one: 'ساعة', two: 'ساعتين', few: '# ساعات', other: '# ساعة' },
  minute: { one: 'دقيقة', two: 'دقيقتين', few: '# دقائق', other: '# دقيقة' },
  second: { one: 'ثانية', two: 'ثانيتين', few: '# ثوانٍ', other: '# ثانية' },
}
let arabicPlurals: Intl.PluralRules | undefined

/** A length in units, such as “1 hour 30 minutes”. */
export function inUnits(parts: readonly (readonly [number, Unit])[], locale: string, display: 'short' | 'long'): string {
  if (locale.startsWith('ar')) {
    const plurals = (arabicPlurals ??= new Intl.PluralRules('ar'))
    return parts.map(([value, unit]) => (arabic[unit][plurals.select(value)] ?? arabic[unit].other).replace('#', String(value))).join(' و')
  }
  return parts
    .map(([value, unit]) =>
      kept(
        units,
        `${locale} ${unit} ${display}`,
        () => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: display }),
      ).format(value),
    )
    .join(' ')
}

/** A length such as “1 hour 30 minutes”. Below two minutes it is in seconds. */
export function length(milliseconds: number, locale: string): string {
  const size = Math.max(0, milliseconds)
  if (size < 2 * minute) return inUnits([[Math.ceil(size / 1000), 'second']], locale, 'long')
  const whole = Math.round(size / minute)
  const parts: [number, Unit][] = [
    [Math.floor(whole / 60), 'hour'],
    [whole % 60, 'minute'],
  ]
  return inUnits(
    parts.filter(([value]) => value > 0),
    locale,
    'long',
  )
}

const offsets = new Map<string, Map<number, number>>()

/**
 * How many minutes the zone's clock is ahead of UTC at an instant. The result is kept for each quarter of an hour, because a board needs it
 * thousands of times.
 */
export function offset(instant: number, zone: string): number {
  let known = offsets.get(zone)
  if (!known) offsets.set(zone, (known = new Map()))
  const quarter = Math.floor(instant / (15 * minute))
  let found = known.get(quarter)
  if (found === undefined) {
    const at = quarter * 15 * minute
    const parts = Object.fromEntries(
      format('en-GB', zone, { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })
        .formatToParts(at)
        .map((p) => [p.type, Number(p.value)]),
    )
    known.set(
      quarter,
      (found = Math.round((Date.UTC(parts.year!, parts.month! - 1, parts.day!, parts.hour!, parts.minute!) - at) / minute)),
    )
  }
  return found
}

/** The instant (ms) at which the zone's clock shows this local time, such as `2026-11-23T08:00`. */
export function instantOf(local: string, zone: string): number {
  const asUtc = Date.parse(`${local.length === 10 ? `${local}T00:00` : local}Z`)
  const guess = asUtc - offset(asUtc, zone) * minute
  return asUtc - offset(guess, zone) * minute
}

/** The local time that the zone's clock shows at an instant, such as `2026-11-23T08:00`. */
export const localOf = (instant: string | number, zone: string) => {
  const at = new Date(instant).getTime()
  return new Date(at + offset(at, zone) * minute).toISOString().slice(0, 16)
}

/** The Monday of an ISO 8601 week such as `2026-W48`. */
export function mondayOf(week: string): string {
  const [year, number] = week.split('-W').map(Number) as [number, number]
  const fourth = new Date(Date.UTC(year, 0, 4))
  const monday = fourth.getTime() + ((number - 1) * 7 - ((fourth.getUTCDay() + 6) % 7)) * day
  return new Date(monday).toISOString().slice(0, 10)
}

export function weekOf(date: string): string {
  const at = new Date(`${date.slice(0, 10)}T00:00Z`)
  const thursday = new Date(at.getTime() + (3 - ((at.getUTCDay() + 6) % 7)) * day)
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  return `${thursday.getUTCFullYear()}-W${String(Math.floor((thursday.getTime() - first) / (7 * day)) + 1).padStart(2, '0')}`
}

export const addDays = (date: string, days: number) => new Date(Date.parse(`${date}T00:00Z`) + days * day).toISOString().slice(0, 10)

export const addWeeks = (week: string, weeks: number) => weekOf(addDays(mondayOf(week), weeks * 7))
