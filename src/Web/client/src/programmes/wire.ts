// The names of this feature's wire types in the description of the interface. Other files of the folder import them from here.
import { http } from '../api/http'
import type {
  CourseCommand,
  LogbookCommand,
  ProgrammeCommand,
  ProgrammeReply,
  TopicItemApplication,
  TopicItemCurriculum,
  TopicItemDossier,
  TopicItemProgrammeSummary,
  TopicItemRotationPlan,
} from '../api/schema'
import type { InputFor } from '../commands/useCommand'
import type { Grant, Role } from '../api/schema'
import { isValidNow, type Viewer } from '../viewer/useViewer'

export type {
  ApplicationView,
  Cohort,
  CohortSummary,
  CommentsView,
  CourseView,
  Department,
  DossierDocument,
  DossierRow,
  DossierView,
  InitiativeEntry,
  LogbookView,
  NamedRotation,
  ProgrammeProfile,
  PublicProgrammeEntry,
  RequirementCell,
  RotationsView,
  SessionView,
} from '../api/schema'

export type Programme = TopicItemProgrammeSummary
export type Application = TopicItemApplication
export type Dossier = TopicItemDossier
export type Curriculum = TopicItemCurriculum
export type RotationPlan = TopicItemRotationPlan
export type Status = Application['status']
export type Command = InputFor<ProgrammeCommand>

/** Sends a command about the applications of a programme. */
export const command = (programme: string) => (input: Command, commandId: string) =>
  http.post<ProgrammeReply>(`/api/programmes/${encodeURIComponent(programme)}/commands`, { ...input, commandId })

export type LogbookInput = InputFor<LogbookCommand>

const logbookApi = (programme: string, cohort: string, person: string) =>
  `/api/programmes/${encodeURIComponent(programme)}/cohorts/${encodeURIComponent(cohort)}/logbooks/${encodeURIComponent(person)}`

/** Sends a command about a logbook. */
export const logbookCommand = (programme: string, cohort: string, person: string) => (input: LogbookInput, commandId: string) =>
  http.post<ProgrammeReply>(`${logbookApi(programme, cohort, person)}/commands`, { ...input, commandId })

/** Where a logbook is read. The version is part of the address, so that it is read again when something has changed. */
export const logbookSource = (programme: string, cohort: string, person: string, version: string) =>
  `${logbookApi(programme, cohort, person)}?version=${version}`

/** The address of the screen of a logbook. */
export const logbookAddress = (programme: string, cohort: string, person: string) =>
  `/programme/${programme}/logbook/${cohort}/${encodeURIComponent(person)}`

export type CourseInput = InputFor<CourseCommand>

const courseApi = (programme: string, cohort: string) =>
  `/api/programmes/${encodeURIComponent(programme)}/cohorts/${encodeURIComponent(cohort)}/course`

/** Sends a command about a session of a cohort. */
export const courseCommand = (programme: string, cohort: string) => (input: CourseInput, commandId: string) =>
  http.post<ProgrammeReply>(`${courseApi(programme, cohort)}/commands`, { ...input, commandId })

/** Where the sessions of a cohort are read. The version is part of the address, so that they are read again after a change. */
export const courseSource = (programme: string, cohort: string, version: number) => `${courseApi(programme, cohort)}?version=${version}`

/** Where the comments about a session are read. */
export const commentsSource = (programme: string, cohort: string, session: string, answers: number) =>
  `${courseApi(programme, cohort)}/sessions/${encodeURIComponent(session)}/comments?answers=${answers}`

/** The address of the screen of a cohort's sessions. */
export const courseAddress = (programme: string, cohort: string) => `/programme/${programme}/course/${cohort}`

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

/** The roles that read applications, that review them, that decide about them, that read rotations, and that may apply. */
export const reading: readonly Role[] = ['coordinator', 'programmeDirector', 'reviewer'],
  reviewing: readonly Role[] = ['programmeDirector', 'reviewer'],
  deciding: readonly Role[] = ['coordinator', 'programmeDirector'],
  rotating: readonly Role[] = ['coordinator', 'programmeDirector', 'supervisor'],
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

/** The levels of entrustment, from the first to the fifth. */
export const levels = ['observe', 'directSupervision', 'indirectSupervision', 'unsupervised', 'superviseOthers'] as const
export const caseRoles = ['observed', 'assisted', 'supervised', 'alone'] as const

export const isOpen = (status: Status | undefined) =>
  status === 'submitted' || status === 'waiting' || status === 'offered' || status === 'accepted'

/** Whether people can apply for a cohort now. */
export const takesApplications = ({ profile }: Programme, applyBy: string, now: number) =>
  now < Date.parse(applyBy) && (!profile.until || now < Date.parse(profile.until))
