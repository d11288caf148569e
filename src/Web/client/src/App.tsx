import { Anchor, Center, Stack, Text } from '@mantine/core'
import { type Icon, IconDatabase, IconFileImport, IconMicroscope, IconUsers } from '@tabler/icons-react'
import { type ComponentType, createElement, lazy, type ReactNode, Suspense } from 'react'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import { type TextKey, useReader } from './i18n'
import { AlertBell } from './inboxes/AlertBell'
import { OnAirBar } from './lectures/media/sending/OnAirBar'
import { leaveStudio } from './lectures/media/sending/studioInUse'
import { accountAddress, openScreens, type Screen, screenAt, screens, startOf } from './screens'
import { ErrorBoundary } from './shell/ErrorBoundary'
import { Shell } from './shell/Shell'
import { useScreenTitle } from './shell/title'
import { rolesOf, useSignedIn, useViewer, type Viewer, ViewerContext } from './viewer/useViewer'

const SignIn = lazy(() => import('./viewer/SignIn'))

/** The icons of links whose label is too long for the bar on a phone. */
const signs: Readonly<Record<string, Icon>> = {
  '/records': IconDatabase,
  '/import': IconFileImport,
  '/accounts': IconUsers,
  '/research': IconMicroscope,
}

/** Open screens need no sign-in. All other screens need one. */
export function App({ open = openScreens, inside = screens }: { open?: readonly Screen[]; inside?: readonly Screen[] }) {
  return (
    <ErrorBoundary>
      <Switch>
        {open.map((screen) => (
          <Route key={screen.path} path={screen.path}>
            <Shown screen={screen} />
          </Route>
        ))}
        <Route>
          <SignedIn screens={inside} />
        </Route>
      </Switch>
    </ErrorBoundary>
  )
}

function SignedIn({ screens }: { screens: readonly Screen[] }) {
  const { t } = useReader()
  const { data: viewer, error } = useSignedIn()
  if (error && viewer === undefined)
    return (
      <Center h="100dvh" p="lg" role="alert">
        {t('shell.unreachable')}
      </Center>
    )
  if (viewer === undefined) return null
  if (viewer === null)
    return (
      <Titled title="shell.signInTitle">
        <Suspense>
          <SignIn />
        </Suspense>
      </Titled>
    )
  const mine = screens.filter((screen) => mayOpen(viewer, screen))
  const roles = rolesOf(viewer)
  const linkTo = ({ path, title }: Screen) => {
    const to = path.replace(/\/:\w+\?/g, '')
    return { to, label: t(title), sign: signs[to] }
  }
  return (
    <ViewerContext.Provider value={viewer}>
      <Shell
        pages={mine.filter((screen) => screen.linked?.includes(viewer.role)).map(linkTo)}
        more={mine
          .filter((screen) => !screen.linked?.includes(viewer.role))
          .filter((screen) => [...(screen.linked ?? []), ...(screen.inMenu ?? [])].some((role) => roles.has(role)))
          .map(linkTo)}
        account={mine.some((screen) => screen.path === accountAddress) ? accountAddress : undefined}
        bell={viewer.role !== 'display' && viewer.factor !== 'missing' && <AlertBell />}
        notice={<OnAirBar />}
        mayLeave={() => leaveStudio(() => window.confirm(t('media.leaveSure')))}
      >
        <Pages screens={mine} />
      </Shell>
    </ViewerContext.Provider>
  )
}

/** Whether a person may open a screen with one of their roles. Without the second factor that a role demands, only the account is open. */
function mayOpen(viewer: Viewer, { path, roles, names }: Screen) {
  if (viewer.factor === 'missing' && path !== accountAddress) return false
  if (names && !viewer.network) return false
  const own = rolesOf(viewer)
  return roles?.some((role) => own.has(role)) ?? true
}

/** The screens that the person may open. */
function Pages({ screens }: { screens: readonly Screen[] }) {
  const { role, factor } = useViewer()
  const [address] = useLocation()
  return (
    <Switch>
      {/* This comes first, so that the account page stays as it is when the person has set up the second factor there. */}
      {screens.map((screen) => (
        <Route key={screen.path} path={screen.path}>
          <Shown screen={screen} />
        </Route>
      ))}
      {factor === 'missing' && (
        <Route>
          <Redirect to={accountAddress} replace state={{ wanted: address + location.search }} />
        </Route>
      )}
      <Route path="/">
        <Redirect to={startOf[role]} replace />
      </Route>
      <Route>
        <Elsewhere address={address} />
      </Route>
    </Switch>
  )
}

/** For an address without a screen, or with a screen that none of the person's roles opens. */
function Elsewhere({ address }: { address: string }) {
  const { t, word, locale } = useReader()
  const roles = screenAt(address)?.roles?.filter((role) => role !== 'system')
  if (!roles)
    return (
      <Titled title="shell.notFound">
        <Nothing>{t('shell.notFound')}</Nothing>
      </Titled>
    )
  const named = new Intl.ListFormat(locale, { type: 'disjunction' }).format(roles.map((role) => word('roles', role)))
  return (
    <Titled title="denied.screen">
      <Nothing more={t('denied.screenRoles', { roles: named })}>{t('denied.screen')}</Nothing>
    </Titled>
  )
}

const pages = new WeakMap<Screen['load'], ComponentType>()

function pageOf({ load }: Screen): ComponentType {
  const page = pages.get(load) ?? lazy(load)
  pages.set(load, page)
  return page
}

/** A screen that sets the document's title. If the screen fails, the rest of the page stays. */
const Shown = ({ screen }: { screen: Screen }) => (
  <Titled title={screen.title}>
    <ErrorBoundary>
      <Suspense>{createElement(pageOf(screen))}</Suspense>
    </ErrorBoundary>
  </Titled>
)

function Titled({ title, children }: { title: TextKey; children: ReactNode }) {
  useScreenTitle(useReader().t(title))
  return children
}

/** Says why there is nothing to see, and leads to the start. */
function Nothing({ more, children }: { more?: string; children: string }) {
  const { t } = useReader()
  return (
    <Center h="60%" p="md">
      <Stack align="center" ta="center" maw="36rem">
        <Text component="h1" size="lg">
          {children}
        </Text>
        {more && <Text>{more}</Text>}
        <Anchor component={Link} href="/">
          {t('shell.toStart')}
        </Anchor>
      </Stack>
    </Center>
  )
}
