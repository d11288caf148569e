import { DirectionProvider, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { SWRConfig } from 'swr'
import { afterEach, beforeEach, vi } from 'vitest'
import type { Role, Session } from './api/schema'
import { ReaderProvider } from './i18n'
import type { Language } from './i18n/language'

// If SignalR sees Node, it thinks that it runs on a server, and demands absolute addresses. So Node is hidden here.
Object.defineProperty(process, 'release', { value: {} })

/** Waits until the screen is as the test expects, also on a busy machine. */
export const sees = (expected: () => void) => vi.waitFor(expected, { timeout: 15_000 })

/**
 * For tests that draw screens: the hub's answers by address, and a function that draws. A request to another address never gets an answer.
 * A screen appears a moment after it is drawn.
 */
export function drawing() {
  let root: Root
  const answers: Record<string, unknown> = {}
  beforeEach(() => {
    for (const address of Object.keys(answers)) delete answers[address]
    localStorage.clear()
    vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }))
    // Fields that grow with their text listen for fonts that finish loading.
    Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true })
    vi.stubGlobal(
      'ResizeObserver',
      class {
        observe() {}
        unobserve() {}
        disconnect() {}
      },
    )
    vi.stubGlobal('fetch', (url: string) => (url in answers ? Promise.resolve(Response.json(answers[url])) : new Promise(() => undefined)))
    root = createRoot(document.body.appendChild(document.createElement('div')))
  })
  afterEach(() => {
    root.unmount()
    document.body.replaceChildren()
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })
  return {
    answers,
    draw(address: string, screen: ReactNode, language: Language = 'en') {
      localStorage.setItem('hub.language', language)
      history.replaceState(null, '', address)
      root.render(
        <DirectionProvider detectDirection={false}>
          <MantineProvider>
            <SWRConfig key={address} value={{ provider: () => new Map() }}>
              <ReaderProvider>{() => screen}</ReaderProvider>
            </SWRConfig>
          </MantineProvider>
        </DirectionProvider>,
      )
    },
    click: (selector: string) => document.querySelector<HTMLElement>(selector)!.click(),
  }
}

export const somebody = (role: Role): Session & { network: string } => ({
  person: 'p-1',
  name: { en: 'Noor Haddad', ar: 'نور حداد', ko: null },
  role,
  network: 'ehs',
  demo: false,
  homeTimeZone: null,
  publicUrl: null,
  roles: [{ id: 'g-1', role, scope: { network: 'ehs', hospitals: [] }, from: '2020-01-01T00:00:00Z', by: 'p-2' }],
  factor: 'none',
})
