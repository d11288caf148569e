import { Anchor, Center, Stack, Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { Link, Redirect, Route, Switch, useRoute } from 'wouter'
import type { Role } from './api/schema'
import { useReader } from './i18n'
import { fetchNetworkEarly } from './networks/useNetwork'
import { askEarly, SessionContext, useSession, useSignedIn } from './session/useSession'
import { Shell } from './shell/Shell'

const SignIn = lazy(() => import('./session/SignIn'))
const board = () => import('./rostering/BoardPage')
const BoardPage = lazy(board)
const ConsultantPage = lazy(() => import('./consultants/ConsultantPage'))
const ConferencesPage = lazy(() => import('./conferences/ConferencesPage'))
const ConferencePage = lazy(() => import('./conferences/ConferencePage'))
const RoomPage = lazy(() => import('./lectures/RoomPage'))
const BackstagePage = lazy(() => import('./lectures/backstage/BackstagePage'))
const DisplayPage = lazy(() => import('./lectures/DisplayPage'))
const CheckInPage = lazy(() => import('./conferences/audience/CheckInPage'))
const DraftPage = lazy(() => import('./conferences/releases/DraftPage'))
const ReleasesPage = lazy(() => import('./conferences/releases/ReleasesPage'))
const PublicPage = lazy(() => import('./conferences/open/PublicPage'))
const MyAttendancePage = lazy(() => import('./attendance/MyAttendancePage'))
const AttendancePage = lazy(() => import('./attendance/AttendancePage'))
const VerifyPage = lazy(() => import('./certificates/VerifyPage'))
const ImportPage = lazy(() => import('./conferences/ImportPage'))

/** Asks for what the first page will need while scripts are still being read. */
export function startEarly() {
  const onBoard = location.pathname.startsWith('/board')
  if (onBoard) void board()
  askEarly().then((session) => onBoard && session && fetchNetworkEarly(session.network), () => undefined)
}

const start: Record<Role, string> = { coordinator: '/board', display: '/board', consultant: '/me', attendee: '/conferences', system: '/conferences' }

/** What is open to everybody needs no session; all else does. */
export function App() {
  const [open, params] = useRoute('/public/:id')
  const [verifies] = useRoute('/verify')
  if (open) return <Suspense><PublicPage id={params.id} /></Suspense>
  return verifies ? <Suspense><VerifyPage /></Suspense> : <SignedIn />
}

function SignedIn() {
  const { t } = useReader()
  const { data: session, error } = useSignedIn()
  if (error && session === undefined) return <Center h="100dvh" p="lg" role="alert">{t('shell.unreachable')}</Center>
  if (session === undefined) return null
  if (session === null) return <Suspense><SignIn /></Suspense>
  return (
    <SessionContext.Provider value={session}>
      <Shell><Suspense><Pages /></Suspense></Shell>
    </SessionContext.Provider>
  )
}

function Pages() {
  const { role } = useSession()
  return (
    <Switch>
      <Route path="/"><Redirect to={start[role]} replace /></Route>
      {role !== 'attendee' && <Route path="/board/:network?/:week?" component={BoardPage} />}
      {role === 'consultant' && <Route path="/me" component={ConsultantPage} />}
      <Route path="/conferences" component={ConferencesPage} />
      <Route path="/conferences/:id" component={ConferencePage} />
      <Route path="/conferences/:id/attendance" component={MyAttendancePage} />
      {role === 'coordinator' && <Route path="/conferences/:id/attendance/all" component={AttendancePage} />}
      <Route path="/conferences/:id/sessions/:session/room" component={RoomPage} />
      <Route path="/conferences/:id/sessions/:session/backstage" component={BackstagePage} />
      <Route path="/conferences/:id/sessions/:session/display" component={DisplayPage} />
      <Route path="/conferences/:id/releases" component={ReleasesPage} />
      {role === 'coordinator' && <Route path="/conferences/:id/draft" component={DraftPage} />}
      {role === 'coordinator' && <Route path="/conferences/:id/checkin/:session" component={CheckInPage} />}
      {role === 'coordinator' && <Route path="/import" component={ImportPage} />}
      <Route><NotFound /></Route>
    </Switch>
  )
}

function NotFound() {
  const { t } = useReader()
  return <Center h="60%"><Stack align="center"><Text component="h1" size="lg">{t('shell.notFound')}</Text><Anchor component={Link} href="/">{t('shell.toStart')}</Anchor></Stack></Center>
}
