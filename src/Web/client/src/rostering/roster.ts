import { http } from '../api/http'
import type { Accepted, Candidate, Finding, HistoryEntry, RosterCheck, RosterCommand, TopicItemEngagement } from '../api/schema'

/** A duty as a board carries it. */
export type Duty = TopicItemEngagement

type Omitting<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** A command without its id, which is given when it is first sent. */
export type Wish = Omitting<RosterCommand, 'commandId'>

const at = (network: string, week: string) => `/api/rosters/${network}/${week}`

/** A command as it is sent, and sent again after a failure: the id makes a repeat harmless. */
export const asCommand = (wish: Wish) => ({ ...wish, commandId: crypto.randomUUID() }) as RosterCommand

export const send = (network: string, week: string, command: RosterCommand) => http.post<Accepted>(`${at(network, week)}/commands`, command)

/** What would come of it; nothing is stored. */
export const check = (network: string, week: string, wish: Wish) => http.post<RosterCheck>(`${at(network, week)}/checks`, asCommand(wish))

export const candidatesUrl = (network: string, week: string, duty: string) => `${at(network, week)}/engagements/${duty}/candidates`

export type { Accepted, Candidate, Finding, HistoryEntry, RosterCheck }

export type HistorySubject = 'engagement' | 'consultant' | 'room' | 'hospital' | 'week'

export const historyUrl = (network: string, week: string, subject: HistorySubject, id: string | undefined, before?: number) =>
  `${at(network, week)}/history?subject=${subject}&take=30${id ? `&id=${encodeURIComponent(id)}` : ''}${before ? `&before=${before}` : ''}`

/** What a duty looks like beyond its status: an unanswered proposal or a need for attention comes first. */
export type Look = Duty['status'] | 'pending' | 'attention'

export const lookOf = (duty: Duty): Look =>
  duty.status === 'cancelled' || duty.status === 'noShow' ? duty.status : duty.attention.length > 0 ? 'attention' : duty.proposal ? 'pending' : duty.status

export const takesTime = (duty: Duty) => duty.status !== 'cancelled' && duty.status !== 'noShow'

/** Whether a coordinator may still change its time, room or consultants. */
export const isOpen = (duty: Duty) => (duty.status === 'planned' || duty.status === 'confirmed') && !duty.moving
