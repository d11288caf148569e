import { http } from '../api/http'
import type {
  LocalName,
  LectureCommand,
  LectureDone,
  TopicItem,
  TopicItemCaption,
  TopicItemLecture,
  TopicItemLectureAnnouncement,
  TopicItemLecturePulse,
  TopicItemPoll,
  TopicItemPollTally,
  TopicItemQuestion,
  TopicItemRaisedHand,
} from '../api/schema'
import type { InputFor } from '../commands/useCommand'
import { lengthOf } from '../conferences/programme'

export type Lecture = TopicItemLecture
export type Question = TopicItemQuestion
export type Poll = TopicItemPoll
export type Tally = TopicItemPollTally
export type Caption = TopicItemCaption
export type Announcement = TopicItemLectureAnnouncement
export type Hand = TopicItemRaisedHand
export type Pulse = TopicItemLecturePulse

/** Everything in a lecture's topic, arranged for the page. */
export interface Room {
  readonly lecture: Lecture | undefined
  /** Questions that wait for approval come first, then approved ones by votes, then answered ones with the newest answer first. */
  readonly questions: readonly Question[]
  /** The newest first. */
  readonly polls: readonly Poll[]
  readonly tallies: ReadonlyMap<number, Tally>
  /** The newest lines of each language, in the order in which they were written. */
  readonly captions: ReadonlyMap<string, readonly Caption[]>
  /** The newest first. */
  readonly announcements: readonly Announcement[]
  /** The person who has waited longest comes first. */
  readonly hands: readonly Hand[]
  readonly pulse: Pulse | undefined
}

const order: Record<Question['state'], number> = { pending: 0, approved: 1, answered: 2 }

export function roomOf(items: ReadonlyMap<string, TopicItem>): Room {
  let lecture: Lecture | undefined, pulse: Pulse | undefined
  const questions: Question[] = [],
    polls: Poll[] = [],
    announcements: Announcement[] = [],
    hands: Hand[] = []
  const tallies = new Map<number, Tally>(),
    captions = new Map<string, Caption[]>()
  for (const item of items.values())
    switch (item.type) {
      case 'lecture':
        lecture = item
        break
      case 'pulse':
        pulse = item
        break
      case 'question':
        questions.push(item)
        break
      case 'poll':
        polls.push(item)
        break
      case 'tally':
        tallies.set(item.number, item)
        break
      case 'caption':
        captions.set(item.language, [...(captions.get(item.language) ?? []), item])
        break
      case 'announcement':
        announcements.push(item)
        break
      case 'hand':
        hands.push(item)
        break
    }
  questions.sort(
    (a, b) =>
      order[a.state] - order[b.state] ||
      (a.state === 'answered' ? (b.answeredAt ?? '').localeCompare(a.answeredAt ?? '') : b.votes - a.votes) ||
      a.number - b.number,
  )
  polls.sort((a, b) => b.number - a.number)
  announcements.sort((a, b) => b.number - a.number)
  hands.sort((a, b) => a.at.localeCompare(b.at))
  for (const lines of captions.values()) lines.sort((a, b) => a.number - b.number)
  return { lecture, questions, polls, tallies, captions, announcements, hands, pulse }
}

/** A command to a lecture, without its id. */
export type CommandInput = InputFor<LectureCommand>

export const at = (session: string) => `/api/lectures/${session}`

export const send = (session: string, command: LectureCommand) => http.post<LectureDone>(`${at(session)}/commands`, command)

export const slidesUrl = (session: string, deck: string) => `${at(session)}/slides/${deck}`

/** Uploads a deck and shows its first page. To repeat it after a failure, use the same command id. */
export const uploadSlides = (session: string, file: File, commandId: string) =>
  http.post<LectureDone>(
    `${at(session)}/slides?commandId=${commandId}&name=${encodeURIComponent(file.name)}`,
    new Blob([file], { type: 'application/pdf' }),
  )

/** Each choice's share of the voters, from 0 to 1. */
export const shares = (counts: readonly number[], voters: number) => counts.map((count) => (voters === 0 ? 0 : count / voters))

/** The last two lines of a language from the last 20 seconds, which are shown with a picture. */
export const underPicture = (lines: readonly Caption[] | undefined, now: number) =>
  (lines ?? []).filter((line) => line.text && now - Date.parse(line.at) < 20_000).slice(-2)

/**
 * A value that changes whenever the crew changes. In the green room, attendees are not told who is in the crew, so any change of the
 * lecture may be a change of the crew.
 */
export const crewChanges = (lecture: Lecture) => (lecture.stage === 'greenRoom' ? lecture.version : lecture.crew)

/** Whether a person has agreed to be recorded. */
export const agrees = (lecture: Lecture, person: string) => lecture.agreements.some((a) => a.person === person && a.agrees)

/** Whether anybody is recorded at this moment. */
export const recordedNow = (lecture: Lecture) =>
  !!lecture.recording && lecture.stage === 'live' && lecture.onAir.some((air) => agrees(lecture, air.person))

/**
 * The time at which the lecture should end, in ms since 1970. Usually this is the end in the programme. If the lecture began more than
 * three hours before or after its planned start, or has no planned start, it is the actual start plus the planned length. Null if the
 * planned length is 0, or if the lecture has no planned start and has not begun.
 */
export function endsAt(lecture: Lecture): number | null {
  const start = lecture.scheduledStart ? Date.parse(lecture.scheduledStart) : null
  const began = lecture.startedAt ? Date.parse(lecture.startedAt) : null
  const length = lengthOf(lecture.scheduledDuration)
  if (length === 0) return null
  if (began !== null && (start === null || Math.abs(began - start) > 3 * 3_600_000)) return began + length
  return start === null ? null : start + length
}

/** The speakers' names, in the reader's script if the hub knows them. */
export const speakerNames = (lecture: Lecture, nameOf: (name: LocalName) => string) =>
  lecture.speakers.map((s) => (s.known ? nameOf(s.known) : s.name))

/** The address of one of a lecture's pages in its conference. */
export const pageOf = (conference: string, session: string, page: 'room' | 'backstage' | 'display') =>
  `/conferences/${conference}/sessions/${session}/${page}`
