import { useState } from 'react'
import { serviceWorker } from '../shell/worker'

const canNotify = () => 'Notification' in window && 'serviceWorker' in navigator

/** Whether this device may show notifications. The browser asks the reader for permission only when `ask` is called. */
export function useNotifications() {
  const [permission, setPermission] = useState<NotificationPermission | 'impossible'>(() =>
    canNotify() ? Notification.permission : 'impossible',
  )
  const ask = async () => {
    setPermission(await Notification.requestPermission())
    if (Notification.permission === 'granted') await serviceWorker()
  }
  return { permission, ask }
}

export interface Notice {
  readonly id: string
  readonly title: string
  readonly body: string
  readonly language: string
  readonly dir: 'ltr' | 'rtl'
  /** The address of the page that a touch on the notification opens. */
  readonly address: string
  /** Whether the notification stays until somebody touches it. */
  readonly stays: boolean
}

/**
 * Shows a notification through the service worker, if the reader has allowed notifications. A notification with the same id replaces the
 * earlier one.
 */
export async function notify({ id, title, body, language, dir, address, stays }: Notice) {
  if (!canNotify() || Notification.permission !== 'granted') return
  const options = { body, tag: id, renotify: true, lang: language, dir, icon: '/icon.svg', requireInteraction: stays, data: { address } }
  await (await serviceWorker())?.showNotification(title, options)
}
