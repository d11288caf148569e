import type { Catalogue } from './en'
import type { Language } from './language'

export type { Catalogue } from './en'

const catalogues: Record<Language, () => Promise<{ default: Catalogue }>> = {
  en: () => import('./en'),
  ar: () => import('./ar'),
  ko: () => import('./ko'),
}

/** Loads the messages of a language. */
export const loadCatalogue = (language: Language) => catalogues[language]().then((module) => module.default)
