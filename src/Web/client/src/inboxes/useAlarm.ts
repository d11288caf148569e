import { useEffect, useRef } from 'react'
import { useReader } from '../i18n'
import { direction } from '../i18n/language'
import { notify } from './notifications'
import { ring, useSound } from './sound'
import { demands, type InboxAlert } from './useInbox'

/**
 * Plays a sound and shows notifications for alerts that came or were repeated after the page was opened. The reader can switch off the
 * sound. Notifications appear only if the reader has allowed them.
 */
export function useAlarm(alerts: readonly InboxAlert[], known: boolean, address: string) {
  const { language, word } = useReader()
  const [sound] = useSound()
  const told = useRef<Set<string> | null>(null)
  useEffect(() => {
    if (!known) return
    const fresh = told.current ? alerts.filter((alert) => alert.isOpen && !told.current!.has(telling(alert))) : []
    told.current = new Set(alerts.map(telling))
    if (fresh.length === 0) return
    if (sound) ring(fresh.some(demands))
    for (const alert of fresh)
      void notify({
        id: alert.id,
        title: word('alertKinds', alert.kind),
        body: alert.text[language] ?? alert.text.en ?? '',
        language,
        dir: direction(language),
        address,
        stays: demands(alert),
      })
  }, [alerts, known, sound, language, word, address])
}

const telling = (alert: InboxAlert) => `${alert.id} ${alert.repeats}`
