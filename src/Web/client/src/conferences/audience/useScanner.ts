import { useEffect, useRef, useState } from 'react'

interface Detector { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> }
declare const BarcodeDetector: (new (options: { formats: string[] }) => Detector) | undefined

/** Whether this browser reads QR codes itself. */
export const canScan = () => typeof BarcodeDetector !== 'undefined' && !!navigator.mediaDevices?.getUserMedia

/** Looks through the camera for QR codes while it is on, and tells each once until another comes before it or two seconds pass. */
export function useScanner(on: boolean, found: (code: string) => void) {
  const video = useRef<HTMLVideoElement>(null)
  const [denied, setDenied] = useState(false)
  const latest = useRef(found)
  latest.current = found
  useEffect(() => {
    if (!on || !canScan()) return
    const detector = new BarcodeDetector!({ formats: ['qr_code'] })
    let stream: MediaStream | undefined
    let ended = false
    let last = { code: '', at: 0 }
    const look = async () => {
      while (!ended) {
        const codes = video.current && video.current.readyState >= 2 ? await detector.detect(video.current).catch(() => []) : []
        for (const { rawValue } of codes) {
          const fresh = rawValue !== last.code || performance.now() - last.at > 2_000
          last = { code: rawValue, at: performance.now() }
          if (fresh && !ended) latest.current(rawValue)
        }
        await new Promise((resolve) => setTimeout(resolve, 150))
      }
    }
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).then(
      async (opened) => {
        stream = opened
        if (ended || !video.current) return opened.getTracks().forEach((track) => track.stop())
        video.current.srcObject = opened
        await video.current.play().catch(() => undefined)
        void look()
      },
      () => setDenied(true),
    )
    return () => {
      ended = true
      stream?.getTracks().forEach((track) => track.stop())
    }
  }, [on])
  return { video, denied }
}
