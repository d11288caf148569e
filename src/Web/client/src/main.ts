import { loadCatalogue } from './i18n/catalogues'
import { preferredLanguage } from './i18n/language'
import { loadScreenAt } from './screens'

// This file is small and comes first. It asks for everything that the first screen needs at once, so that one part does not wait for another.
const language = preferredLanguage()
const texts = loadCatalogue(language)
loadScreenAt(location.pathname)

Promise.all([import('./start'), texts])
  .then(([{ start }, texts]) => start(language, texts))
  .catch((error: unknown) => {
    document.getElementById('failed')!.hidden = false
    throw error
  })
