import type { EngagementKind, Work } from '../api/schema'

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
