// The names of this feature's wire types in the description of the interface. Other files of the folder import them from here.
import { http } from '../api/http'
import type { ProgrammeCommand, ProgrammeReply, TopicItemApplication, TopicItemDossier, TopicItemProgrammeSummary } from '../api/schema'
import type { InputFor } from '../commands/useCommand'
import type { Grant, Role } from '../api/schema'
import { isValidNow, type Viewer } from '../viewer/useViewer'

export type {
  ApplicationView,
  Cohort,
  CohortSummary,
  DossierDocument,
  DossierRow,
  DossierView,
  ProgrammeProfile,
  PublicProgrammeEntry,
  RequirementCell,
} from '../api/schema'

export type Programme = TopicItemProgrammeSummary
export type Application = TopicItemApplication
export type Dossier = TopicItemDossier
export type Status = Application['status']
export type Command = InputFor<ProgrammeCommand>

/** Sends a command about the applications of a programme. */
export const command = (programme: string) => (input: Command, commandId: string) =>
  http.post<ProgrammeReply>(`/api/programmes/${encodeURIComponent(programme)}/commands`, { ...input, commandId })

const covers = (grant: Grant, { profile }: Programme) =>
  grant.scope.network === profile.network &&
  (grant.scope.hospitals.length === 0 || profile.hospitals.some((hospital) => grant.scope.hospitals.includes(hospital))) &&
  (!grant.scope.partner || grant.scope.partner === profile.partner)

/** Whether one of the roles of a person covers a programme. The hub decides by the same rule. */
export const has = (viewer: Pick<Viewer, 'roles'>, programme: Programme, ...roles: readonly Role[]) =>
  viewer.roles.some((grant) => roles.includes(grant.role) && covers(grant, programme) && isValidNow(grant))

/** Whether a person may apply: anybody with such a role in the network, even if the role is limited to a part of it. */
export const mayApply = (viewer: Pick<Viewer, 'roles'>, { profile }: Programme) =>
  viewer.roles.some((grant) => applying.includes(grant.role) && grant.scope.network === profile.network && isValidNow(grant))

/** The roles that read applications, that review them, and that decide about them. */
export const reading: readonly Role[] = ['coordinator', 'programmeDirector', 'reviewer'],
  reviewing: readonly Role[] = ['programmeDirector', 'reviewer'],
  deciding: readonly Role[] = ['coordinator', 'programmeDirector'],
  applying: readonly Role[] = [
    'coordinator',
    'registrar',
    'consultant',
    'programmeDirector',
    'reviewer',
    'supervisor',
    'trainee',
    'researchLead',
  ]

export const isOpen = (status: Status | undefined) =>
  status === 'submitted' || status === 'waiting' || status === 'offered' || status === 'accepted'

/** Whether people can apply for a cohort now. */
export const takesApplications = ({ profile }: Programme, applyBy: string, now: number) =>
  now < Date.parse(applyBy) && (!profile.until || now < Date.parse(profile.until))
