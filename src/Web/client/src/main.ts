import { loadCatalogue } from './i18n/catalogues'
import { preferredLanguage } from './i18n/language'
import { loadEarly, screenAt } from './screens'

// This file is small and comes first. It asks at once for everything that the first screen needs, so that one part does not wait for
// another.
async function begin() {
  const language = preferredLanguage()
  const texts = loadCatalogue(language)
  loadEarly(screenAt(location.pathname))
  const { start } = await import('./start')
  await start(language, await texts)
}

begin().catch((error: unknown) => {
  document.getElementById('failed')!.hidden = false
  throw error
})
