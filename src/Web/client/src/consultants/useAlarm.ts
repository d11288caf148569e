import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { useReader } from '../i18n'
import type { InboxAlert } from '../inboxes/useInbox'

/** Sounds and notifies for alerts that are new since the page was opened, as far as the reader allows it. */
export function useAlarm(alerts: readonly InboxAlert[], known: boolean) {
  const { language, word } = useReader()
  const [sound, setSound] = useLocalStorage({ key: 'hub.sound', defaultValue: true })
  const seen = useRef<Set<string> | null>(null)
  useEffect(() => {
    if (!known) return
    const fresh = seen.current ? alerts.filter((alert) => !alert.acknowledgedAt && !seen.current!.has(alert.id)) : []
    seen.current = new Set(alerts.map((alert) => alert.id))
    if (fresh.length === 0) return
    if (sound) ring(fresh.some((alert) => alert.urgent))
    for (const alert of fresh) void notify(alert.id, word('alertKinds', alert.kind), alert.text[language] ?? alert.text.en ?? '')
  }, [alerts, known, sound, language, word])
  return { sound, setSound: (on: boolean) => (on && ring(false), setSound(on)) }
}

let audio: AudioContext | undefined

/** Two short tones; three for what is urgent. Silent until the page has been touched once, as browsers demand. */
function ring(urgent: boolean) {
  audio ??= new AudioContext()
  if (audio.state === 'suspended') void audio.resume()
  ;[660, 880, ...(urgent ? [1100] : [])].forEach((pitch, i) => {
    const [tone, volume] = [audio!.createOscillator(), audio!.createGain()]
    const at = audio!.currentTime + i * 0.18
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0.0001, at)
    volume.gain.exponentialRampToValueAtTime(0.2, at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.16)
    tone.connect(volume).connect(audio!.destination)
    tone.start(at)
    tone.stop(at + 0.17)
  })
}

export const canNotify = () => 'Notification' in window && 'serviceWorker' in navigator

/** Asks the reader once; from then on notifications come through the service worker, so that a touch on one opens the page. */
export async function allowNotifications(): Promise<NotificationPermission> {
  const answer = await Notification.requestPermission()
  if (answer === 'granted') await navigator.serviceWorker.register('/sw.js')
  return answer
}

async function notify(tag: string, title: string, body: string) {
  if (!canNotify() || Notification.permission !== 'granted') return
  const worker = await navigator.serviceWorker.register('/sw.js')
  await worker.showNotification(title, { body, tag, icon: '/icon.svg', requireInteraction: true })
}
