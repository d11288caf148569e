import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect, useState } from 'react'
import type { Source } from './findable'

const Context = createContext<((source: Source) => () => void) | null>(null)

const PaletteDialog = lazy(() => import('./PaletteDialog'))

/** Adds entries to the palette while a page is shown. The list is made when the palette opens. */
export function usePalette(source: Source) {
  const add = useContext(Context)
  useEffect(() => add?.(source), [add, source])
}

/** Loads the palette only for pages that have entries for it. */
export function PaletteProvider({ children }: { children: ReactNode }) {
  const [sources, setSources] = useState<readonly Source[]>([])
  const [add] = useState(() => (source: Source) => {
    setSources((known) => [...known, source])
    return () => setSources((known) => known.filter((s) => s !== source))
  })
  return (
    <Context.Provider value={add}>
      {children}
      {sources.length > 0 && (
        <Suspense>
          <PaletteDialog sources={sources} />
        </Suspense>
      )}
    </Context.Provider>
  )
}
