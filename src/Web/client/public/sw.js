// Shows alerts that the page hands it, and a touch on one leads back to where it is answered. It also keeps the page that verifies certificates, so that this works without a network.
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

/** Keeps these addresses and forgets what an earlier version of the page needed. */
async function keep(addresses) {
  const cache = await caches.open(kept)
  await cache.addAll([verifies, ...addresses])
  const wanted = new Set([verifies, ...addresses].map((address) => new URL(address, self.location.origin).href))
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request)
}

/** The network first, so that nobody stays with an old page. */
async function answer(request) {
  try {
    return await fetch(request)
  } catch (failure) {
    const found = await (await caches.open(kept)).match(request, { ignoreSearch: request.mode === 'navigate', ignoreVary: true })
    if (found) return found
    throw failure
  }
}
