// Shows nothing by itself: the page hands it alerts, and it brings the page back when one is touched.
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then((pages) => {
      const open = pages.find((page) => new URL(page.url).pathname.startsWith('/me')) ?? pages[0]
      return open ? open.focus() : self.clients.openWindow('/me')
    }),
  )
})
