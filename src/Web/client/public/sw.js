// The page shows alerts as notifications through this worker. A touch on a notification opens the page on which the alert is answered. The
// worker also stores the page that verifies certificates, so that certificates can be checked without a network.
const kept = 'certificates'
const verifies = '/verify'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(show(event.notification.data?.address ?? '/me'))
})
self.addEventListener('message', (event) => event.data?.keep && event.waitUntil(keep(event.data.keep)))
self.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  if (event.request.method !== 'GET' || origin !== self.location.origin) return
  if (event.request.mode === 'navigate' ? pathname === verifies : pathname.startsWith('/assets/') || pathname === '/icon.svg')
    event.respondWith(answer(event.request))
})

async function show(address) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = pages.find((page) => address === '/' || new URL(page.url).pathname === address)
  return there ? there.focus() : self.clients.openWindow(address)
}

/** Stores the files at these addresses, and removes files that only an earlier version of the page needed. */
async function keep(addresses) {
  const cache = await caches.open(kept)
  await cache.addAll([verifies, ...addresses])
  const wanted = new Set([verifies, ...addresses].map((address) => new URL(address, self.location.origin).href))
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request)
}

/** Asks the network first, so that nobody keeps an old page. A stored file is the answer only if the network gives none. */
async function answer(request) {
  try {
    return await fetch(request)
  } catch (failure) {
    const found = await (await caches.open(kept)).match(request, { ignoreSearch: request.mode === 'navigate', ignoreVary: true })
    if (found) return found
    throw failure
  }
}
