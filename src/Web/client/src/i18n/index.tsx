import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { LocalName } from '../api/schema'
import { type Catalogue, loadCatalogue } from './catalogues'
import type { Group, TextKey } from './en'
import { textsOf, type Values } from './fill'
import { direction, keepLanguage, type Language, locale, preferredLanguage } from './language'

export type { TextKey } from './en'

export interface Reader {
  readonly language: Language
  readonly locale: string
  readonly setLanguage: (language: Language) => void
  readonly t: (key: TextKey, values?: Values) => string
  /** The message of a group for a code of the server. If the code has no message, the code itself is returned. */
  readonly word: (group: Group, code: string, values?: Values) => string
  /** A name in the reader's language, else in English. */
  readonly nameOf: (name: LocalName | undefined) => string
}

const Context = createContext<Reader | null>(null)

export function useReader(): Reader {
  const reader = useContext(Context)
  if (!reader) throw new Error('useReader works only inside a ReaderProvider.')
  return reader
}

interface Loaded {
  readonly language: Language
  readonly texts: Catalogue
}

/** Loads the reader's catalogue, and sets the document's language and direction. `first` is a catalogue that is already loaded. */
export function ReaderProvider({ first, children }: { first?: Loaded; children: (dir: 'ltr' | 'rtl') => ReactNode }) {
  const [language, setLanguage] = useState(first?.language ?? preferredLanguage)
  const [loaded, setLoaded] = useState(first)
  useEffect(() => {
    if (loaded?.language === language) return
    let wanted = true
    void loadCatalogue(language).then((texts) => wanted && setLoaded({ language, texts }))
    return () => void (wanted = false)
  }, [language, loaded])
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
