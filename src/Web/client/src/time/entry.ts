import { addDays } from './format'

/**
 * Reads the dates and times that people type, in Western, Arabic or Persian digits. The parts of a date may be in the order of the
 * person's language. The result is a local date or time without a time zone.
 */

/** Removes the marks that platforms put between the parts of a date, and turns Arabic and Persian digits into Western ones. */
const plain = (text: string) =>
  text
    .replace(/[\u200e\u200f\u061c\u2066-\u2069]/g, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .trim()

const yearFirst = (locale: string) => locale.startsWith('ko')

/** A written date such as `24/11/2026`, or `2026. 11. 24.` in Korean. */
export const writtenDate = (date: string, locale: string) =>
  plain(
    new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${date}T00:00Z`),
    ),
  )

function dateOf(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day))
  // The hub knows the years from 1970 to 2200. A 31st of a month with 30 days is not a date.
  return year >= 1970 && year <= 2200 && at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : null
}

/**
 * Returns a date such as `2026-11-24`. If the text has no year, the date nearest to `near` is taken. Null if the text is not a date.
 * @param near A date, for example the one that the field had, or today.
 */
export function readDate(text: string, locale: string, near: string): string | null {
  const written = plain(text)
  if (/[^\d\s./,\-년월일]/.test(written)) return null
  const parts = written.match(/\d+/g) ?? []
  const [a = '', b = '', c = ''] = parts
  if (parts.length === 1 && a.length === 8)
    return (
      dateOf(Number(a.slice(0, 4)), Number(a.slice(4, 6)), Number(a.slice(6))) ??
      dateOf(Number(a.slice(4)), Number(a.slice(2, 4)), Number(a.slice(0, 2)))
    )
  if (parts.length === 2) {
    const [month, day] = yearFirst(locale) ? [a, b] : [b, a]
    const year = Number(near.slice(0, 4))
    return (
      [year, year + 1, year - 1]
        .map((y) => dateOf(y, Number(month), Number(day)))
        .filter((date) => date !== null)
        .sort((one, other) => Math.abs(Date.parse(one) - Date.parse(near)) - Math.abs(Date.parse(other) - Date.parse(near)))[0] ?? null
    )
  }
  if (parts.length !== 3) return null
  const [year, month, day] = a.length === 4 || (yearFirst(locale) && c.length <= 2) ? [a, b, c] : [c, b, a]
  return year!.length === 4 || year!.length === 2
    ? dateOf(Number(year) + (year!.length === 2 ? 2000 : 0), Number(month), Number(day))
    : null
}

/** Reads a time such as `9`, `930`, `9:30`, `9.30`, `9시 30분` or `9:30 pm`. Returns it as `09:30`, or null if it is not a time. */
export function readTime(text: string): string | null {
  const written = plain(text).toLowerCase()
  const half = /pm|p\.m\.|오후|م/.test(written) ? 'pm' : /am|a\.m\.|오전|ص/.test(written) ? 'am' : null
  const bare = written.replace(/[ap]\.?m\.?|오전|오후|[صم]/g, '').trim()
  const [, hours, minutes = '0'] =
    /^(\d{1,2})(?:\s*[:.h시]\s*(\d{1,2})?\s*분?|(\d{2}))?$/.exec(bare.replace(/^(\d{1,2})(\d{2})$/, '$1:$2')) ?? []
  if (hours === undefined) return null
  const hour = half === null ? Number(hours) : (Number(hours) % 12) + (half === 'pm' ? 12 : 0)
  if (hour > 23 || Number(minutes) > 59 || (half !== null && (Number(hours) < 1 || Number(hours) > 12))) return null
  return `${String(hour).padStart(2, '0')}:${minutes.padStart(2, '0')}`
}

/** The next or previous day. */
export const stepDate = (date: string, by: 1 | -1) => addDays(date, by)

/**
 * The next or previous multiple of a step, in minutes. After the last one of the day comes 00:00, and before 00:00 comes the last one of
 * the day.
 */
export function stepTime(time: string, step: number, by: 1 | -1): string {
  const at = Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  const next = ((by > 0 ? Math.floor(at / step) + 1 : Math.ceil(at / step) - 1) * step + 1440) % 1440
  return `${String(Math.floor(next / 60)).padStart(2, '0')}:${String(next % 60).padStart(2, '0')}`
}
