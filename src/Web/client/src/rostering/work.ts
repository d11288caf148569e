import type { EngagementKind, Hospital, ProcedureCases, Work } from '../api/schema'
import type { Engagement } from './roster'

/** The counts of what was done, in the order in which people are asked for them. */
export const counts = ['consultations', 'evaluations', 'followUps', 'operations', 'taught'] as const
export type Count = (typeof counts)[number]

/** The highest count that the hub takes. */
export const mostWork = 9_999

const ofKind: Record<EngagementKind, readonly Count[]> = {
  clinicalVisit: counts,
  consultation: ['consultations'],
  clinicalEvaluation: ['evaluations'],
  treatmentPlanFollowUp: ['followUps'],
  remoteSecondOpinion: ['consultations'],
  lecture: ['taught'],
  conferenceSession: ['taught'],
  clinicalTeaching: ['taught'],
  workshop: ['taught'],
  training: ['taught'],
  operation: ['operations'],
  researchMeeting: [],
}

/** The counts that fit a kind, and those that are recorded already. */
export const countsOf = (kind: EngagementKind, work: Work | null | undefined) =>
  counts.filter((count) => ofKind[kind].includes(count) || work?.[count] != null)

/** How many procedures an engagement can count cases of. */
export const mostProcedures = 20

/** What the team of a hospital does in a case. */
export const caseParts = ['assisted', 'supervised', 'alone'] as const
export type CasePart = (typeof caseParts)[number]

/** Kinds in which no patient is treated. */
const withoutCases: readonly EngagementKind[] = ['lecture', 'conferenceSession', 'researchMeeting']

/** The procedures whose cases an engagement can count: those that its hospital has agreed for its specialty. */
export const proceduresOf = (engagement: Engagement, hospital: Hospital | undefined) =>
  withoutCases.includes(engagement.kind) ? [] : (hospital?.procedures ?? []).filter((p) => p.specialty === engagement.specialty)

/** The numbers in a form for one procedure. */
export type CaseNumbers = Partial<Record<CasePart, number | string | null>>

/** The cases of a form. A procedure without a case is left out. */
export const casesOf = (form: Readonly<Record<string, CaseNumbers>>): ProcedureCases[] =>
  Object.entries(form)
    .map(([procedure, numbers]) => ({
      procedure,
      assisted: Number(numbers.assisted || 0),
      supervised: Number(numbers.supervised || 0),
      alone: Number(numbers.alone || 0),
    }))
    .filter(({ assisted, supervised, alone }) => assisted + supervised + alone > 0)
