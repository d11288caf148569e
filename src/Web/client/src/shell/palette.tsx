import { useHotkeys } from '@mantine/hooks'
import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect, useState } from 'react'
import { useReader } from '../i18n'
import type { Source } from './findable'
import { useKeys } from './keys'

const Context = createContext<((source: Source) => () => void) | null>(null)

const PaletteDialog = lazy(() => import('./PaletteDialog'))

/** Adds entries to the palette while a page is shown. The list is made when the palette opens. */
export function usePalette(source: Source) {
  const add = useContext(Context)
  useEffect(() => add?.(source), [add, source])
}

/** Loads the palette only for pages that have entries for it. A key that is pressed before it has loaded opens it afterwards. */
export function PaletteProvider({ children }: { children: ReactNode }) {
  const { t } = useReader()
  const [sources, setSources] = useState<readonly Source[]>([])
  const [asked, setAsked] = useState(false)
  const [add] = useState(() => (source: Source) => {
    setSources((known) => [...known, source])
    return () => setSources((known) => known.filter((s) => s !== source))
  })
  const used = sources.length > 0
  const open = () => setAsked(true)
  useHotkeys(used ? [['mod + K', open]] : [], [], true)
  useKeys(used ? [{ key: '/', label: t('shell.find'), run: open }] : [])
  return (
    <Context.Provider value={add}>
      {children}
      {used && (
        <Suspense>
          <PaletteDialog sources={sources} asked={asked} onOpened={() => setAsked(false)} />
        </Suspense>
      )}
    </Context.Provider>
  )
}
