import { http } from '../api/http'
import type {
  Decided,
  Candidate,
  Finding,
  HistoryEntry,
  RosterCheck,
  RosterCommand,
  RosterPolicy,
  TopicItemEngagement,
} from '../api/schema'
import type { InputFor } from '../commands/useCommand'
import { localOf, minute, weekOf } from '../time/format'

/** An engagement as an item of a topic, such as a board or an itinerary. */
export type Engagement = TopicItemEngagement

/** A command to a roster, without its id. */
export type CommandInput = InputFor<RosterCommand>

const at = (network: string, week: string) => `/api/rosters/${network}/${week}`

export const send = (network: string, week: string, command: RosterCommand, waiting?: () => void) =>
  http.post<Decided>(`${at(network, week)}/commands`, command, waiting)

/**
 * The address of the details that only coordinators and the people concerned may read. It contains the version, so that the details are
 * read again when the engagement changes.
 */
export const confidentialUrl = (network: string, week: string, engagement: Engagement) =>
  `${at(network, week)}/engagements/${engagement.id}/confidential?version=${engagement.version}`

/** Whether a person has the engagement or is asked to take it. */
export const concerns = (engagement: Engagement, person: string) =>
  engagement.consultants.includes(person) || engagement.proposal?.candidate === person

/** Asks the hub what a command would lead to. Nothing is stored. */
export const check = (network: string, week: string, input: CommandInput) =>
  http.post<RosterCheck>(`${at(network, week)}/checks`, { ...input, commandId: crypto.randomUUID() })

export const candidatesUrl = (network: string, week: string, engagement: string) =>
  `${at(network, week)}/engagements/${engagement}/candidates`

export type { Candidate, Decided, Finding, HistoryEntry, RosterCheck }

/** The changes that the hub can take back: moves, assignments, cancellations and progress. It cannot take back a person's answer. */
const undoable: ReadonlySet<HistoryEntry['what']> = new Set([
  'confirmed',
  'timeChanged',
  'roomChanged',
  'assigned',
  'emergencyMoved',
  'cancelled',
  'arrived',
  'completed',
  'noShow',
  'workRecorded',
  'purposeSet',
])

/**
 * Whether the last change of an engagement can be taken back, according to the newest entries of its history. An acknowledgement does not
 * count as a change.
 */
export function mayUndo(newest: readonly HistoryEntry[]) {
  const last = newest.find((entry) => entry.what !== 'acknowledged')
  return !last || undoable.has(last.what)
}

export type HistorySubject = 'engagement' | 'consultant' | 'room' | 'hospital' | 'week'

export const historyUrl = (network: string, week: string, subject: HistorySubject, id: string | undefined, before?: number) =>
  `${at(network, week)}/history?subject=${subject}&take=30${id ? `&id=${encodeURIComponent(id)}` : ''}${before ? `&before=${before}` : ''}`

/** How an engagement looks on the board. This is its status, unless it needs attention or has an unanswered proposal. */
export type Look = Engagement['status'] | 'pending' | 'attention'

export const lookOf = (engagement: Engagement): Look =>
  engagement.status === 'cancelled' || engagement.status === 'noShow'
    ? engagement.status
    : needsAttention(engagement)
      ? 'attention'
      : engagement.proposal
        ? 'pending'
        : engagement.status

/**
 * Whether a person has to look at an engagement. An engagement without a consultant needs nobody's attention while a candidate is asked.
 */
export const needsAttention = (engagement: Engagement) =>
  engagement.attention.some((reason) => reason !== 'noConsultant' || !engagement.proposal)

export const takesTime = (engagement: Engagement) => engagement.status !== 'cancelled' && engagement.status !== 'noShow'

/**
 * The week that an engagement belongs to, by its start in the network's zone. A board also shows engagements of the week before that end on
 * its Monday.
 */
export const weekOfEngagement = (engagement: Engagement, zone: string) => weekOf(localOf(engagement.start, zone))

/** How many ms there are in a time span of the server, such as `00:30:00` or `1.02:00:00`. */
const spanOf = (text: string) => {
  const [, days, hours, minutes, seconds] = /^(?:(\d+)\.)?(\d+):(\d+):(\d+)/.exec(text)!
  return ((Number(days ?? 0) * 24 + Number(hours)) * 60 + Number(minutes)) * minute + Number(seconds) * 1000
}

/** How long before the start an answer is due at the latest, and how early before the start people may report their arrival, in ms. */
export const answerMargin = (policy: RosterPolicy | undefined) => spanOf(policy?.answerMargin ?? '00:30:00')
export const arrivalFrom = (policy: RosterPolicy | undefined) => spanOf(policy?.arrivalFrom ?? '02:00:00')

/** Whether a coordinator may still change an engagement's time, room or consultants. */
export const isOpen = (engagement: Engagement) =>
  (engagement.status === 'planned' || engagement.status === 'confirmed') && !engagement.moving

/** Whether a person may report their arrival: from `early` ms before the start, and not after the end. */
export const mayArrive = (engagement: Engagement, now: number, early: number) =>
  (engagement.status === 'planned' || engagement.status === 'confirmed') &&
  Date.parse(engagement.start) - now <= early &&
  Date.parse(engagement.end) > now
