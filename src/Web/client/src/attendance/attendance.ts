import type { BodyCredit, LectureCredit, PersonCredits } from '../api/schema'

/** What one body says about one session. */
export const creditOf = (body: BodyCredit, session: string): LectureCredit | undefined => body.lectures.find((l) => l.session === session)

/** Time attended in whatever way: what a body counts of it is its own affair. At most what was held, since ways overlap. */
export const minutesOf = (s: PersonCredits['sessions'][number]) => Math.min(s.minutes, s.live + s.recorded + s.room)

export const whole = (minutes: number, locale: string) => new Intl.NumberFormat(locale).format(Math.floor(minutes))
