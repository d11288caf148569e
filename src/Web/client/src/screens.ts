import { type ComponentType, lazy } from 'react'
import type { Role } from './api/schema'
import type { TextKey } from './i18n'

/** One screen: its address, its title, and the roles that may open it. */
export interface Screen {
  readonly path: string
  readonly title: TextKey
  /** Without roles, every signed-in person may open it. */
  readonly roles?: readonly Role[]
  readonly page: ComponentType
}

export const loadBoard = () => import('./rostering/BoardPage')

/** The screens for people who have signed in. */
export const screens: readonly Screen[] = [
  {
    path: '/board/:network?/:week?',
    title: 'shell.board',
    roles: ['coordinator', 'consultant', 'display', 'system'],
    page: lazy(loadBoard),
  },
  { path: '/me', title: 'shell.myEngagements', roles: ['consultant'], page: lazy(() => import('./consultants/ConsultantPage')) },
  { path: '/people/:person', title: 'consultant.person', roles: ['coordinator'], page: lazy(() => import('./consultants/PersonPage')) },
  { path: '/conferences', title: 'shell.conferences', page: lazy(() => import('./conferences/ConferencesPage')) },
  { path: '/conferences/:id', title: 'conference.programme', page: lazy(() => import('./conferences/ConferencePage')) },
  { path: '/conferences/:id/attendance', title: 'attendance.mine', page: lazy(() => import('./attendance/MyAttendancePage')) },
  {
    path: '/conferences/:id/attendance/all',
    title: 'attendance.all',
    roles: ['coordinator'],
    page: lazy(() => import('./attendance/AttendancePage')),
  },
  { path: '/conferences/:id/sessions/:session/room', title: 'shell.room', page: lazy(() => import('./lectures/RoomPage')) },
  {
    path: '/conferences/:id/sessions/:session/backstage',
    title: 'lecture.backstage',
    page: lazy(() => import('./lectures/backstage/BackstagePage')),
  },
  { path: '/conferences/:id/sessions/:session/display', title: 'lecture.display', page: lazy(() => import('./lectures/DisplayPage')) },
  { path: '/conferences/:id/releases', title: 'releases.title', page: lazy(() => import('./conferences/releases/ReleasesPage')) },
  {
    path: '/conferences/:id/draft',
    title: 'releases.draft',
    roles: ['coordinator'],
    page: lazy(() => import('./conferences/releases/DraftPage')),
  },
  {
    path: '/conferences/:id/checkin/:session',
    title: 'audience.door',
    roles: ['coordinator'],
    page: lazy(() => import('./conferences/audience/CheckInPage')),
  },
  { path: '/import', title: 'shell.import', roles: ['coordinator'], page: lazy(() => import('./conferences/ImportPage')) },
]

/** The screens that are open to everybody without signing in. */
export const openScreens: readonly Screen[] = [
  { path: '/public/:id', title: 'open.page', page: lazy(() => import('./conferences/open/PublicPage')) },
  { path: '/verify', title: 'verify.title', page: lazy(() => import('./certificates/VerifyPage')) },
]
