import type { LocalName, Speaker, TopicItem, TopicItemConference, TopicItemConferenceSession } from '../api/schema'
import { localOf } from '../time/format'

export type Session = TopicItemConferenceSession
export type ConferenceHead = TopicItemConference

/** The milliseconds in a length such as `01:30:00` (90 minutes) or `1.00:00:00` (one day). */
export function lengthOf(text: string): number {
  const [clock, days] = text.split('.').reverse() as [string, string?]
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number)
  return ((Number(days ?? 0) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000
}

export const startOf = (session: Session) => (session.start ? Date.parse(session.start) : Number.POSITIVE_INFINITY)
export const endOf = (session: Session) => startOf(session) + lengthOf(session.duration)

/**
 * The day of the programme that a session belongs to. The programme may name this day, because a session after midnight may belong to the
 * day before. If the programme names no day, it is the day of the start in that zone. Empty if there is no start either.
 */
export const dayOf = (session: Session, zone: string) => session.day ?? (session.start ? localOf(session.start, zone).slice(0, 10) : '')

export const byTime = (a: Session, b: Session) => startOf(a) - startOf(b) || a.room.localeCompare(b.room) || a.id.localeCompare(b.id)

/** A title in the languages in which it is known. */
export const titlesOf = (of: { title: string; titleAr?: string | null; titleKo?: string | null }): LocalName => ({
  en: of.title,
  ar: of.titleAr,
  ko: of.titleKo,
})

/** The name of a language, or the tag itself if it is no valid tag. Files may have any text there. */
export function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

export interface Programme {
  readonly head: ConferenceHead | undefined
  readonly sessions: readonly Session[]
  readonly days: readonly string[]
}

export function programmeOf(items: ReadonlyMap<string, TopicItem>): Programme {
  let head: ConferenceHead | undefined
  const sessions: Session[] = []
  for (const item of items.values())
    if (item.type === 'conference') head = item
    else if (item.type === 'session') sessions.push(item)
  sessions.sort(byTime)
  const zone = head?.timeZone ?? 'UTC'
  return {
    head,
    sessions,
    days: [...new Set(sessions.map((s) => dayOf(s, zone)))].sort((a, b) => (a === '' ? 1 : b === '' ? -1 : a.localeCompare(b))),
  }
}

export interface Choice {
  readonly day: string
  readonly track: string | null
  readonly room: string | null
  readonly text: string
  readonly favourites: boolean
}

export function choose(
  sessions: readonly Session[],
  choice: Choice,
  zone: string,
  favourites: ReadonlySet<string>,
  nameOf: (speaker: Speaker) => string = (speaker) => speaker.name,
): Session[] {
  const text = choice.text.trim().toLocaleLowerCase()
  return sessions.filter(
    (s) =>
      // A text is searched for in the whole programme, not on one day.
      (text || dayOf(s, zone) === choice.day) &&
      (!choice.track || s.track === choice.track) &&
      (!choice.room || s.room === choice.room) &&
      (!choice.favourites || favourites.has(s.id)) &&
      (!text ||
        [
          s.title,
          s.titleAr ?? '',
          s.titleKo ?? '',
          s.subtitle ?? '',
          s.track ?? '',
          s.room,
          ...s.speakers.flatMap((p) => [p.name, nameOf(p)]),
        ].some((t) => t.toLocaleLowerCase().includes(text))),
  )
}

/** The sessions that are on, and the sessions that begin next, even if they begin tomorrow. */
export function nowAndNext(sessions: readonly Session[], now: number) {
  const live = sessions.filter((s) => !s.cancelled && startOf(s) <= now && now < endOf(s))
  const first = sessions.find((s) => !s.cancelled && startOf(s) > now)
  const next = first && Number.isFinite(startOf(first)) ? sessions.filter((s) => !s.cancelled && startOf(s) === startOf(first)) : []
  return { live, next }
}

/** The sessions that were moved in the last 24 hours, with the newest move first. */
export const recentMoves = (sessions: readonly Session[], now: number) =>
  sessions
    .filter((s) => s.moved && now - Date.parse(s.moved.at) < 24 * 3_600_000)
    .sort((a, b) => Date.parse(b.moved!.at) - Date.parse(a.moved!.at))

/**
 * How many sessions are left out of the files of a programme. The formats of these files have no place for sessions that are cancelled or
 * have no time.
 */
export const leftOutOfFiles = (sessions: readonly Session[]) => sessions.filter((s) => s.cancelled || !s.start).length
