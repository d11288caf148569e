import type { BodyCredit, LectureCredit, PersonCredits } from '../api/schema'

/** What one body says about one session. */
export const creditOf = (body: BodyCredit, session: string): LectureCredit | undefined => body.lectures.find((l) => l.session === session)

/**
 * The time attended in all ways together, in minutes. What a body counts of it is another matter. It is at most the session's length,
 * because the ways overlap.
 */
export const minutesOf = (s: PersonCredits['sessions'][number]) => Math.min(s.minutes, s.live + s.recorded + s.room)

export const whole = (minutes: number, locale: string) => new Intl.NumberFormat(locale).format(Math.floor(minutes))
