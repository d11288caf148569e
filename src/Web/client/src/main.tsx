import '@fontsource/ibm-plex-sans/latin-400.css'
import '@fontsource/ibm-plex-sans/latin-600.css'
import './mantine.css'
import './theme.css'
import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core'
import { StrictMode, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { App, startEarly } from './App'
import { ReaderProvider } from './i18n'
import { signInAsNamed } from './viewer/beside'
import { theme } from './theme'

function Directed({ dir }: { dir: 'ltr' | 'rtl' }) {
  const { setDirection } = useDirection()
  useEffect(() => setDirection(dir), [dir, setDirection])
  return <App />
}

function start() {
  startEarly()
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <DirectionProvider detectDirection={false}>
        <MantineProvider theme={theme} defaultColorScheme="auto">
          <ReaderProvider>{(dir) => <Directed dir={dir} />}</ReaderProvider>
        </MantineProvider>
      </DirectionProvider>
    </StrictMode>,
  )
}

// The page is loaded again once the person in its address is signed in.
void signInAsNamed().then((named) => named || start())
