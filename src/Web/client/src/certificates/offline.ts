import { http } from '../api/http'
import type { PublicKeys } from '../api/schema'
import { serviceWorker } from '../shell/worker'
import { keepKeys } from './signature'

/** Keeps the verify page and the hub's public keys on the device. The page can then check a signature without a network. */
export async function keepOffline() {
  http.get<PublicKeys>('/api/certificates/keys').then(keepKeys, () => undefined)
  // The parts of the verify page: scripts, styles, fonts, and the texts of the reader's language.
  const parts = performance
    .getEntriesByType('resource')
    .map((part) => new URL(part.name))
    .filter((part) => part.origin === location.origin && (part.pathname.startsWith('/assets/') || part.pathname === '/icon.svg'))
  try {
    const worker = await serviceWorker()
    worker?.active?.postMessage({ keep: [...new Set(parts.map((part) => part.pathname))] })
  } catch {
    // A browser may refuse to store them, for example in a private window. The page works without this.
  }
}
