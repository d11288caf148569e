import type { BodyCredit, LectureCredit, PersonCredits } from '../api/schema'

/** The credit that one body counts for one session. */
export const creditOf = (body: BodyCredit, session: string): LectureCredit | undefined => body.lectures.find((l) => l.session === session)

/**
 * The minutes of a session that a person attended: the minutes live, from the recording and in the room, added up. They can overlap, so the
 * result is at most the length of the session. A body may count fewer minutes.
 */
export const minutesOf = (s: PersonCredits['sessions'][number]) => Math.min(s.minutes, s.live + s.recorded + s.room)

export const whole = (minutes: number, locale: string) => new Intl.NumberFormat(locale).format(Math.floor(minutes))
