import { useLocalStorage } from '@mantine/hooks'
import { useSyncExternalStore } from 'react'

/** Whether alerts make a sound on this device. The choice is kept on the device. */
export const useSound = () => useLocalStorage({ key: 'hub.sound', defaultValue: true, getInitialValueInEffect: false })

let audio: AudioContext | undefined
const waiting = new Set<() => void>()

// Browsers allow sound only once the page has been touched. The sound is prepared during that touch, because some browsers allow it only
// then.
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

/** Whether the browser would play a sound now. */
export const useAudible = () => useSyncExternalStore(wait, () => audio?.state === 'running')

/** Two short tones, or three for an urgent alert. If the browser does not allow sound yet, the tones are left out and not played later. */
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
