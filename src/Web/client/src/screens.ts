import type { ComponentType } from 'react'
import type { Role } from './api/schema'
import type { TextKey } from './i18n'

/** One screen: its address, its title, and the roles that may open it. */
export interface Screen {
  readonly path: string
  readonly title: TextKey
  /** Without roles, every signed-in person may open it. */
  readonly roles?: readonly Role[]
  /** The main roles whose bar has a link to the screen. The link's address leaves out the optional parts of the path. */
  readonly linked?: readonly Role[]
  /** The roles whose menu has a link to the screen. People with a linked role that is not their main role have it there too. */
  readonly inMenu?: readonly Role[]
  /** Whether the screen shows the names of the network's hospitals and consultants. It is only for people who have a network. */
  readonly names?: boolean
  readonly load: () => Promise<{ default: ComponentType }>
}

/** Everybody except wall displays, which no person uses. */
const people: readonly Role[] = [
  'coordinator',
  'consultant',
  'attendee',
  'system',
  'administrator',
  'registrar',
  'host',
  'speaker',
  'moderator',
  'captioner',
  'auditor',
  'integration',
  'programmeDirector',
  'reviewer',
  'supervisor',
  'trainee',
  'researchLead',
]

/** Who takes part in education programmes: the staff, and those who lead, review, supervise and learn. */
const education: readonly Role[] = [
  'coordinator',
  'registrar',
  'consultant',
  'programmeDirector',
  'reviewer',
  'supervisor',
  'trainee',
  'researchLead',
]

/** Where people set up their second factor. Until they have done this, they may open nothing else. */
export const accountAddress = '/account'

/** The screens for people who have signed in. */
export const screens: readonly Screen[] = [
  {
    path: '/board/:network?/:week?',
    title: 'shell.board',
    roles: ['coordinator', 'consultant', 'display', 'system', 'registrar'],
    linked: ['coordinator', 'display', 'registrar'],
    names: true,
    load: () => import('./rostering/BoardPage'),
  },
  {
    path: '/me',
    title: 'shell.myEngagements',
    roles: ['consultant'],
    linked: ['consultant'],
    names: true,
    load: () => import('./consultants/ConsultantPage'),
  },
  {
    path: '/people/:person',
    title: 'consultant.person',
    roles: ['coordinator'],
    names: true,
    load: () => import('./consultants/PersonPage'),
  },
  {
    path: '/conferences',
    title: 'shell.conferences',
    linked: [
      'coordinator',
      'display',
      'consultant',
      'attendee',
      'system',
      'registrar',
      'host',
      'speaker',
      'moderator',
      'captioner',
      'auditor',
      'integration',
      'researchLead',
    ],
    inMenu: ['programmeDirector', 'reviewer', 'supervisor', 'trainee'],
    load: () => import('./conferences/ConferencesPage'),
  },
  {
    path: '/programmes/:network?',
    title: 'programmes.title',
    roles: [...education, 'auditor'],
    linked: ['programmeDirector', 'reviewer', 'supervisor', 'trainee'],
    inMenu: ['coordinator', 'registrar', 'consultant', 'auditor', 'researchLead'],
    names: true,
    load: () => import('./programmes/CataloguePage'),
  },
  {
    path: '/programme/:id',
    title: 'programmes.one',
    roles: [...education, 'auditor'],
    names: true,
    load: () => import('./programmes/ProgrammePage'),
  },
  {
    path: '/programme/:id/rotations',
    title: 'rotations.title',
    roles: ['coordinator', 'programmeDirector', 'supervisor'],
    names: true,
    load: () => import('./programmes/RotationsPage'),
  },
  {
    path: '/programme/:id/course/:cohort',
    title: 'course.title',
    roles: education,
    names: true,
    load: () => import('./programmes/CoursePage'),
  },
  {
    path: '/programme/:id/logbook/:cohort/:person',
    title: 'logbook.title',
    roles: education,
    names: true,
    load: () => import('./programmes/LogbookPage'),
  },
  {
    path: '/dossier/:person?',
    title: 'dossier.title',
    roles: education,
    linked: ['trainee'],
    inMenu: ['coordinator', 'registrar', 'consultant', 'programmeDirector', 'reviewer', 'supervisor', 'researchLead'],
    names: true,
    load: () => import('./programmes/DossierPage'),
  },
  { path: '/conferences/:id', title: 'conference.programme', load: () => import('./conferences/ConferencePage') },
  { path: '/conferences/:id/attendance', title: 'attendance.mine', load: () => import('./attendance/MyAttendancePage') },
  {
    path: '/conferences/:id/attendance/all',
    title: 'attendance.all',
    roles: ['coordinator'],
    load: () => import('./attendance/AttendancePage'),
  },
  { path: '/conferences/:id/sessions/:session/room', title: 'shell.room', load: () => import('./lectures/RoomPage') },
  {
    path: '/conferences/:id/sessions/:session/backstage',
    title: 'lecture.backstage',
    load: () => import('./lectures/backstage/BackstagePage'),
  },
  { path: '/conferences/:id/sessions/:session/display', title: 'lecture.display', load: () => import('./lectures/DisplayPage') },
  { path: '/conferences/:id/releases', title: 'releases.title', load: () => import('./conferences/releases/ReleasesPage') },
  {
    path: '/conferences/:id/draft',
    title: 'releases.draft',
    roles: ['coordinator'],
    load: () => import('./conferences/releases/DraftPage'),
  },
  {
    path: '/conferences/:id/checkin/:session',
    title: 'audience.door',
    roles: ['coordinator'],
    load: () => import('./conferences/audience/CheckInPage'),
  },
  {
    path: '/research/initiative/:id',
    title: 'research.initiative',
    roles: ['coordinator', 'registrar', 'consultant', 'auditor', 'researchLead'],
    names: true,
    load: () => import('./research/InitiativePage'),
  },
  {
    path: '/research/:network?',
    title: 'research.title',
    roles: ['coordinator', 'registrar', 'consultant', 'auditor', 'researchLead'],
    linked: ['researchLead'],
    inMenu: ['coordinator', 'registrar', 'consultant', 'auditor'],
    names: true,
    load: () => import('./research/ResearchPage'),
  },
  {
    path: '/guide/:network?',
    title: 'guide.title',
    roles: ['coordinator', 'administrator'],
    inMenu: ['coordinator', 'administrator'],
    load: () => import('./guide/GuidePage'),
  },
  {
    path: '/records/:network?/:table?',
    title: 'records.title',
    roles: ['coordinator', 'registrar', 'administrator', 'programmeDirector'],
    linked: ['registrar'],
    inMenu: ['coordinator', 'administrator', 'programmeDirector'],
    load: () => import('./records/RecordsPage'),
  },
  {
    path: '/import',
    title: 'shell.import',
    roles: ['coordinator'],
    linked: ['coordinator'],
    load: () => import('./conferences/ImportPage'),
  },
  {
    path: '/scorecard/:network?',
    title: 'scorecard.title',
    roles: ['coordinator', 'registrar', 'auditor'],
    linked: ['registrar', 'auditor'],
    inMenu: ['coordinator'],
    names: true,
    load: () => import('./scorecards/ScorecardPage'),
  },
  {
    path: '/sheets/:network?',
    title: 'sheets.title',
    roles: ['coordinator', 'registrar', 'auditor', 'programmeDirector'],
    inMenu: ['coordinator', 'registrar', 'auditor', 'programmeDirector'],
    names: true,
    load: () => import('./scorecards/SheetsPage'),
  },
  {
    path: '/ledger/:network?/:hospital?',
    title: 'ledger.title',
    roles: ['coordinator', 'registrar', 'auditor'],
    inMenu: ['coordinator', 'registrar', 'auditor'],
    names: true,
    load: () => import('./ledgers/LedgerPage'),
  },
  {
    path: '/accounts',
    title: 'accounts.title',
    roles: ['coordinator', 'administrator'],
    linked: ['administrator'],
    inMenu: ['coordinator'],
    load: () => import('./accounts/PeoplePage'),
  },
  {
    path: '/accounts/:person',
    title: 'accounts.person',
    roles: ['coordinator', 'administrator'],
    load: () => import('./accounts/PersonPage'),
  },
  {
    path: '/audit',
    title: 'audit.title',
    roles: ['administrator', 'auditor'],
    linked: ['administrator', 'auditor'],
    load: () => import('./audit/AuditPage'),
  },
  {
    path: '/devices',
    title: 'devices.title',
    roles: ['coordinator', 'administrator'],
    load: () => import('./accounts/DeviceLinks'),
  },
  { path: accountAddress, title: 'accounts.mine', roles: people, load: () => import('./accounts/AccountPage') },
]

/** The screens that are open to everybody without signing in. */
export const openScreens: readonly Screen[] = [
  { path: '/public/:id', title: 'open.page', load: () => import('./conferences/open/PublicPage') },
  { path: '/public/:id/register', title: 'registration.page', load: () => import('./conferences/open/RegisterPage') },
  { path: '/public/programmes/:id', title: 'programmes.title', load: () => import('./programmes/PublicProgrammePage') },
  { path: '/public/initiatives/:id', title: 'research.public', load: () => import('./research/PublicInitiativePage') },
  { path: '/verify', title: 'verify.title', load: () => import('./certificates/VerifyPage') },
  { path: '/setup', title: 'accounts.setup', load: () => import('./accounts/SetupPage') },
  { path: '/invitation', title: 'accounts.invitation', load: () => import('./accounts/InvitationPage') },
  { path: '/device', title: 'devices.signIn', load: () => import('./accounts/DevicePage') },
  { path: '/guest', title: 'devices.guest', load: () => import('./accounts/GuestPage') },
]

/** The first screen of each role. */
export const startOf: Record<Role, string> = {
  coordinator: '/board',
  display: '/board',
  consultant: '/me',
  attendee: '/conferences',
  system: '/conferences',
  administrator: '/accounts',
  registrar: '/board',
  host: '/conferences',
  speaker: '/conferences',
  moderator: '/conferences',
  captioner: '/conferences',
  auditor: '/conferences',
  integration: '/conferences',
  programmeDirector: '/programmes',
  reviewer: '/programmes',
  supervisor: '/programmes',
  trainee: '/programmes',
  researchLead: '/research',
}

function isAt(address: string, { path }: Screen) {
  const [parts, names] = [address.split('/'), path.split('/')]
  return (
    parts.length <= names.length && names.every((name, i) => (name.startsWith(':') ? parts[i] || name.endsWith('?') : name === parts[i]))
  )
}

/** The screen at an address, if there is one. */
export const screenAt = (address: string) => [...openScreens, ...screens].find((screen) => isAt(address, screen))

/** Loads a screen's code. If that fails, the code is loaded again when the screen is drawn. */
export const loadEarly = (screen: Screen | undefined) => void screen?.load().catch(() => undefined)
