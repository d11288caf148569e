import { Anchor, Center, Stack, Text } from '@mantine/core'
import { type Icon, IconFileImport } from '@tabler/icons-react'
import { type ComponentType, createElement, lazy, type ReactNode, Suspense } from 'react'
import { Link, Redirect, Route, Switch } from 'wouter'
import { type TextKey, useReader } from './i18n'
import { AlertBell } from './inboxes/AlertBell'
import { OnAirBar } from './lectures/media/sending/OnAirBar'
import { leaveStudio } from './lectures/media/sending/studioInUse'
import { openScreens, type Screen, screens, startOf } from './screens'
import { ErrorBoundary } from './shell/ErrorBoundary'
import { Shell } from './shell/Shell'
import { useScreenTitle } from './shell/title'
import { ViewerContext, useViewer, useSignedIn } from './viewer/useViewer'

const SignIn = lazy(() => import('./viewer/SignIn'))

/** The icons of links whose label is too long for the bar on a phone. */
const signs: Readonly<Record<string, Icon>> = { '/import': IconFileImport }

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
  return (
    <ViewerContext.Provider value={viewer}>
      <Shell
        pages={screens
          .filter((screen) => screen.linked?.includes(viewer.role))
          .map(({ path, title }) => ({ to: path.replace(/\/:\w+\?/g, ''), label: t(title), sign: signs[path] }))}
        bell={viewer.role !== 'display' && <AlertBell />}
        notice={<OnAirBar />}
        mayLeave={() => leaveStudio(() => window.confirm(t('media.leaveSure')))}
      >
        <Pages screens={screens} />
      </Shell>
    </ViewerContext.Provider>
  )
}

function Pages({ screens }: { screens: readonly Screen[] }) {
  const { role } = useViewer()
  return (
    <Switch>
      <Route path="/">
        <Redirect to={startOf[role]} replace />
      </Route>
      {screens
        .filter((screen) => screen.roles?.includes(role) ?? true)
        .map((screen) => (
          <Route key={screen.path} path={screen.path}>
            <Shown screen={screen} />
          </Route>
        ))}
      <Route>
        <Titled title="shell.notFound">
          <NotFound />
        </Titled>
      </Route>
    </Switch>
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

function NotFound() {
  const { t } = useReader()
  return (
    <Center h="60%">
      <Stack align="center">
        <Text component="h1" size="lg">
          {t('shell.notFound')}
        </Text>
        <Anchor component={Link} href="/">
          {t('shell.toStart')}
        </Anchor>
      </Stack>
    </Center>
  )
}
