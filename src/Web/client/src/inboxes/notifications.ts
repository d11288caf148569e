import { useState } from 'react'

const canNotify = () => 'Notification' in window && 'serviceWorker' in navigator

const worker = async () => {
  await navigator.serviceWorker.register('/sw.js')
  return navigator.serviceWorker.ready
}

/** Whether this device may notify. Only the reader's own touch asks: the page never does by itself. */
export function useNotifications() {
  const [permission, setPermission] = useState<NotificationPermission | 'impossible'>(() => (canNotify() ? Notification.permission : 'impossible'))
  const ask = async () => {
    setPermission(await Notification.requestPermission())
    if (Notification.permission === 'granted') await worker()
  }
  return { permission, ask }
}

export interface Notice { readonly id: string; readonly title: string; readonly body: string; readonly language: string; readonly dir: 'ltr' | 'rtl'; /** Where a touch on it leads. */ readonly address: string }

/** Shows a notice through the service worker, where the reader has allowed it. A repeat takes the place of the one before. */
export async function notify({ id, title, body, language, dir, address }: Notice) {
  if (!canNotify() || Notification.permission !== 'granted') return
  const options = { body, tag: id, renotify: true, lang: language, dir, icon: '/icon.svg', requireInteraction: true, data: { address } }
  await (await worker()).showNotification(title, options)
}
