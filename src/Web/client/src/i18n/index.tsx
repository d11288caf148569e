import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { LocalName } from '../api/schema'
import type { Catalogue, Group, TextKey } from './en'
import { textsOf, type Values } from './fill'
import { direction, keepLanguage, type Language, locale, preferredLanguage } from './language'

export type { TextKey } from './en'

const catalogues: Record<Language, () => Promise<{ default: Catalogue }>> = {
  en: () => import('./en'),
  ar: () => import('./ar'),
  ko: () => import('./ko'),
}

// Begun before anything is drawn.
void catalogues[preferredLanguage()]()

export interface Reader {
  readonly language: Language
  readonly locale: string
  readonly setLanguage: (language: Language) => void
  readonly t: (key: TextKey, values?: Values) => string
  /** The message of a group for a code of the server. A code without a message is shown as it is. */
  readonly word: (group: Group, code: string, values?: Values) => string
  /** A name in the reader's language, else in English. */
  readonly nameOf: (name: LocalName | undefined) => string
}

const Context = createContext<Reader | null>(null)

export function useReader(): Reader {
  const reader = useContext(Context)
  if (!reader) throw new Error('There is no reader here.')
  return reader
}

/** Loads the reader's catalogue, and tells the document its language and direction. */
export function ReaderProvider({ children }: { children: (dir: 'ltr' | 'rtl') => ReactNode }) {
  const [language, setLanguage] = useState(preferredLanguage)
  const [loaded, setLoaded] = useState<{ language: Language; texts: Catalogue }>()
  useEffect(() => {
    let wanted = true
    void catalogues[language]().then((module) => wanted && setLoaded({ language, texts: module.default }))
    return () => void (wanted = false)
  }, [language])
  const reader = useMemo<Reader | null>(() => {
    if (!loaded) return null
    return {
      language: loaded.language,
      locale: locale[loaded.language],
      setLanguage: (next) => (keepLanguage(next), setLanguage(next)),
      ...textsOf(loaded.texts, loaded.language),
      nameOf: (name) => (name ? (name[loaded.language] ?? name.en) : ''),
    }
  }, [loaded])
  useEffect(() => {
    if (!loaded) return
    document.documentElement.lang = loaded.language
    document.documentElement.dir = direction(loaded.language)
  }, [loaded])
  return reader && <Context.Provider value={reader}>{children(direction(reader.language))}</Context.Provider>
}
