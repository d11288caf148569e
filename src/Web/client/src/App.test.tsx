// @vitest-environment happy-dom
import type { ComponentType } from 'react'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Role } from './api/schema'
import { App } from './App'
import { drawing, sees, somebody } from './screen.testing'
import { openScreens, type Screen, screens } from './screens'

const { answers, draw, click } = drawing()

// React writes an error to the console even if a boundary has caught it.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined))

const addressOf = (path: string) => path.replace(/\/:\w+\?/g, '').replace(/:\w+/g, 'x')
const roleFor = ({ roles }: Screen): Role => roles?.[0] ?? 'attendee'
const shows = (screen: Screen, page: ComponentType): Screen => ({ ...screen, load: () => Promise.resolve({ default: page }) })
const fails = (screen: Screen) =>
  shows(screen, () => {
    throw new Error(`planted in ${screen.path}`)
  })
const alert = () => document.querySelector('[data-failed]')?.textContent
const as = (role: Role) => (answers['/api/session'] = somebody(role))

it.each(screens.map((s) => [s.path, s] as const))('shows why the screen %s failed, and keeps the bar on top', async (path, screen) => {
  as(roleFor(screen))
  draw(addressOf(path), <App inside={screens.map(fails)} />)
  await sees(() => expect(alert()).toContain(`planted in ${path}`))
  expect(alert()).toContain('This screen could not be shown')
  expect(document.querySelector('header nav a')).not.toBeNull()
})

it.each(openScreens.map((s) => [s.path, s] as const))(
  'shows people who have not signed in what happened when the screen %s failed',
  async (path) => {
    draw(addressOf(path), <App open={openScreens.map(fails)} />)
    await sees(() => expect(alert()).toContain(`planted in ${path}`))
  },
)

it('shows the next screen after one that failed', async () => {
  as('coordinator')
  draw('/conferences', <App inside={screens.map((s) => (s.path === '/conferences' ? fails(s) : shows(s, () => <p>fine</p>)))} />)
  await sees(() => expect(alert()).toContain('planted'))
  click('header nav a[href="/import"]')
  await sees(() => expect(document.querySelector('main')!.textContent).toBe('fine'))
  expect(alert()).toBeUndefined()
})

it('gives every screen that needs a sign-in a title of its own', async () => {
  const titles: string[] = []
  for (const screen of screens) {
    as(roleFor(screen))
    draw(addressOf(screen.path), <App inside={screens.map((s) => shows(s, () => <p>{s.path}</p>))} />)
    await sees(() => expect(document.querySelector('main')?.textContent).toBe(screen.path))
    titles.push(document.title)
  }
  expect(new Set(titles).size).toBe(screens.length)
  for (const title of titles) expect(title).toMatch(/^.{3,} · Consult Hub$/)
})
