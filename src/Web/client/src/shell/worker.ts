/** The service worker, once it is active. Null if the browser has none. */
export async function serviceWorker() {
  if (!('serviceWorker' in navigator)) return null
  await navigator.serviceWorker.register('/sw.js')
  return navigator.serviceWorker.ready
}
