import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { loadReader } from './codes'

const lookEvery = 150
/** The same code is reported again if the camera has not seen it for more than this time, in ms. */
const sameAfter = 2_000

/** Whether this browser lets pages use a camera. */
export const canScan = () => !!navigator.mediaDevices?.getUserMedia

/**
 * Looks for QR codes through the camera while `on` is true. A code is reported again only if the camera has not seen it for two seconds.
 */
export function useScanner(on: boolean, found: (code: string) => void) {
  const video = useRef<HTMLVideoElement>(null)
  const [fault, setFault] = useState<'noCamera' | 'noScan' | null>(null)
  const tell = useEffectEvent(found)
  useEffect(() => {
    if (!on || !canScan()) return
    let stream: MediaStream | undefined
    let ended = false
    const seen = new Map<string, number>()
    const look = async () => {
      const read = await loadReader()
      while (!ended) {
        const codes = video.current && video.current.readyState >= 2 ? await read(video.current).catch(() => []) : []
        for (const code of codes) {
          const fresh = performance.now() - (seen.get(code) ?? -Infinity) > sameAfter
          seen.set(code, performance.now())
          if (fresh && !ended) tell(code)
        }
        await new Promise((resolve) => setTimeout(resolve, lookEvery))
      }
    }
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).then(
      async (opened) => {
        stream = opened
        if (ended || !video.current) return opened.getTracks().forEach((track) => track.stop())
        video.current.srcObject = opened
        await video.current.play().catch(() => undefined)
        look().catch(() => setFault('noScan'))
      },
      () => setFault('noCamera'),
    )
    return () => {
      ended = true
      stream?.getTracks().forEach((track) => track.stop())
    }
  }, [on])
  return { video, fault }
}
