import { useLocalStorage } from '@mantine/hooks'
import { useSyncExternalStore } from 'react'

/** Whether alerts are to be heard on this device, kept here. */
export const useSound = () => useLocalStorage({ key: 'hub.sound', defaultValue: true, getInitialValueInEffect: false })

let audio: AudioContext | undefined
const waiting = new Set<() => void>()

// Browsers allow sound only once the page has been touched. It is made ready then, since some allow it only during the touch.
const ready = () => {
  removeEventListener('pointerdown', ready)
  removeEventListener('keydown', ready)
  audio = new AudioContext()
  audio.onstatechange = () => waiting.forEach((told) => told())
  void audio.resume()
}
addEventListener('pointerdown', ready)
addEventListener('keydown', ready)

const wait = (told: () => void) => (waiting.add(told), () => void waiting.delete(told))

/** Whether the browser would let a sound through by now. */
export const useAudible = () => useSyncExternalStore(wait, () => audio?.state === 'running')

/** Two short tones; three for what is urgent. Silent, not late, where the browser does not allow sound yet. */
export function ring(urgent: boolean) {
  if (audio?.state !== 'running') return
  for (const [i, pitch] of [660, 880, ...(urgent ? [1100] : [])].entries()) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()]
    const at = audio.currentTime + i * 0.18
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0.0001, at)
    volume.gain.exponentialRampToValueAtTime(0.2, at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.16)
    tone.connect(volume).connect(audio.destination)
    tone.start(at)
    tone.stop(at + 0.17)
  }
}
