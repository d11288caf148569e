import '@fontsource/ibm-plex-sans/latin-400.css'
import '@fontsource/ibm-plex-sans/latin-600.css'
import './mantine.css'
import './theme.css'
import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core'
import { StrictMode, startTransition, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { ReaderProvider } from './i18n'
import type { Catalogue } from './i18n/catalogues'
import { direction, type Language } from './i18n/language'
import { connectEarly } from './live/useTopic'
import { fetchNetworkEarly } from './networks/useNetwork'
import { accountAddress, loadEarly, openScreens, screenAt, startOf } from './screens'
import { signInAsNamed } from './viewer/beside'
import { askEarly } from './viewer/useViewer'
import { theme } from './theme'

function Directed({ dir }: { dir: 'ltr' | 'rtl' }) {
  const { setDirection } = useDirection()
  useEffect(() => setDirection(dir), [dir, setDirection])
  return <App />
}

/**
 * Draws the app when the hub has said who is signed in. Until then, the page shows what `index.html` holds. An open screen does not wait
 * for this answer.
 */
export async function start(language: Language, texts: Catalogue) {
  // If the address names a person to sign in, the page is loaded again after the attempt.
  if (await signInAsNamed()) return
  // If the hub does not answer, the app says so.
  const asked = askEarly().catch(() => undefined)
  const there = screenAt(location.pathname)
  const viewer = there && openScreens.includes(there) ? null : await asked
  if (viewer?.factor === 'missing') loadEarly(screenAt(accountAddress))
  else if (viewer) {
    connectEarly()
    const first = location.pathname === '/' ? screenAt(startOf[viewer.role]) : there
    loadEarly(first)
    if (first?.names && viewer.network) fetchNetworkEarly(viewer.network)
  }
  document.documentElement.lang = language
  document.documentElement.dir = direction(language)
  const root = createRoot(document.getElementById('root')!)
  // In a transition React draws in pieces, so that the page can be used meanwhile.
  startTransition(() =>
    root.render(
      <StrictMode>
        <DirectionProvider detectDirection={false} initialDirection={direction(language)}>
          <MantineProvider theme={theme} defaultColorScheme="auto">
            <ReaderProvider first={{ language, texts }}>{(dir) => <Directed dir={dir} />}</ReaderProvider>
          </MantineProvider>
        </DirectionProvider>
      </StrictMode>,
    ),
  )
}
