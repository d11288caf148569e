// Shows nothing by itself: the page hands it alerts, and a touch on one leads back to where it is answered.
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(show(event.notification.data?.address ?? '/me'))
})

async function show(address) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = pages.find((page) => address === '/' || new URL(page.url).pathname === address)
  return there ? there.focus() : self.clients.openWindow(address)
}
