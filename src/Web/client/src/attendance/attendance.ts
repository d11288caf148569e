import type { BodyCredit, LectureCredit, PersonCredits } from '../api/schema'

/** The credit that one body counts for one session. */
export const creditOf = (body: BodyCredit, session: string): LectureCredit | undefined => body.lectures.find((l) => l.session === session)

/**
 * The minutes that a person attended, live, recorded and in the room together. These ways can overlap, so the result is at most the
 * session's length. A body may count fewer minutes.
 */
export const minutesOf = (s: PersonCredits['sessions'][number]) => Math.min(s.minutes, s.live + s.recorded + s.room)

export const whole = (minutes: number, locale: string) => new Intl.NumberFormat(locale).format(Math.floor(minutes))
