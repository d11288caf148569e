import { useState } from 'react'
import { serviceWorker } from '../shell/worker'

const canNotify = () => 'Notification' in window && 'serviceWorker' in navigator

/** Whether this device may notify. Only the reader's own touch asks: the page never does by itself. */
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
  /** Where a touch on it leads. */ readonly address: string
  /** Whether it stays until somebody touches it. */ readonly stays: boolean
}

/** Shows a notice through the service worker, where the reader has allowed it. A repeat takes the place of the one before. */
export async function notify({ id, title, body, language, dir, address, stays }: Notice) {
  if (!canNotify() || Notification.permission !== 'granted') return
  const options = { body, tag: id, renotify: true, lang: language, dir, icon: '/icon.svg', requireInteraction: stays, data: { address } }
  await (await serviceWorker())?.showNotification(title, options)
}
