import type { BodyCredit, LectureCredit, LocalName, PersonCredits } from '../api/schema'
import { useReader } from '../i18n'
import { unitOf } from './unit'

/** What one body says about one session. */
export const creditOf = (body: BodyCredit, session: string): LectureCredit | undefined => body.lectures.find((l) => l.session === session)

/** Time attended in whatever way: what a body counts of it is its own affair. At most what was held, since ways overlap. */
export const minutesOf = (s: PersonCredits['sessions'][number]) => Math.min(s.minutes, s.live + s.recorded + s.room)

export const number = (value: number, locale: string) => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value)

export const whole = (minutes: number, locale: string) => new Intl.NumberFormat(locale).format(Math.floor(minutes))

/** The unit of credit that stands beside a number. */
export function useUnit() {
  const { nameOf, language } = useReader()
  return (unit: LocalName, credits: number) => unitOf(nameOf(unit), credits, language)
}
