import { useCallback, useEffect, useRef, useState } from 'react'
import { loadEncoding } from './engines'
import { Publisher, type PublisherState } from './Publisher'
import { audio } from './sound'
import { deviceFault } from './support'
import type { LineHealth } from './Uplink'
import { tracks } from './wire'

export interface Devices { readonly cameras: readonly MediaDeviceInfo[]; readonly microphones: readonly MediaDeviceInfo[] }

const sound = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 }

/** A speaker's camera, microphone and screen, and whether they are on air. */
export function useStudio(session: string) {
  const [camera, setCamera] = useState<MediaStream | null>(null)
  const [screen, setScreen] = useState<MediaStream | null>(null)
  const [microphone, setMicrophone] = useState<MediaStream | null>(null)
  const [devices, setDevices] = useState<Devices>({ cameras: [], microphones: [] })
  const [state, setState] = useState<PublisherState | 'off'>('off')
  const [fault, setFault] = useState<string | null>(null)
  const [health, setHealth] = useState<LineHealth | null>(null)
  const [muted, setMuted] = useState(false)
  const publisher = useRef<Publisher | null>(null)
  const [encoding] = useState(loadEncoding)

  const list = useCallback(async () => {
    const all = await navigator.mediaDevices.enumerateDevices()
    setDevices({ cameras: all.filter((d) => d.kind === 'videoinput'), microphones: all.filter((d) => d.kind === 'audioinput') })
  }, [])

  const take = async <T,>(ask: () => Promise<T>): Promise<T | null> => {
    setFault(null)
    try {
      return await ask()
    } catch (error) {
      setFault(deviceFault(error))
      return null
    }
  }

  const chooseCamera = async (deviceId: string | null) => {
    camera?.getTracks().forEach((track) => track.stop())
    const stream = deviceId === null ? null : await take(() => navigator.mediaDevices.getUserMedia({ video: { ...(deviceId ? { deviceId: { exact: deviceId } } : {}), width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } } }))
    setCamera(stream)
    void publisher.current?.show(tracks.camera, stream?.getVideoTracks()[0] ?? null)
    await list()
  }

  const chooseMicrophone = async (deviceId: string | null) => {
    microphone?.getTracks().forEach((track) => track.stop())
    const stream = deviceId === null ? null : await take(() => navigator.mediaDevices.getUserMedia({ audio: { ...sound, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) } }))
    setMicrophone(stream)
    publisher.current?.listen(stream)
    await list()
  }

  const showScreen = async (on: boolean) => {
    screen?.getTracks().forEach((track) => track.stop())
    const stream = on ? await take(() => navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 15 } } })) : null
    const track = stream?.getVideoTracks()[0] ?? null
    if (track) {
      track.contentHint = 'detail'
      // The browser's own button ends it too.
      track.addEventListener('ended', () => (setScreen(null), void publisher.current?.show(tracks.screen, null)))
    }
    setScreen(stream)
    void publisher.current?.show(tracks.screen, track)
  }

  const goOnAir = async () => {
    setFault(null)
    void audio().context.resume()
    const Encoding = await encoding.catch(() => null)
    if (!Encoding) return setFault('hub.unreachable')
    const begun = new Publisher(Encoding, session, {
      state: (next, code) => {
        if (publisher.current !== begun) return
        setState(next === 'ended' ? 'off' : next)
        if (code) setFault(code)
        if (next === 'ended') publisher.current = null
      },
      health: setHealth,
    })
    publisher.current = begun
    begun.mute(muted)
    begun.listen(microphone)
    if (camera) await begun.show(tracks.camera, camera.getVideoTracks()[0]!)
    if (screen) await begun.show(tracks.screen, screen.getVideoTracks()[0]!)
    await begun.start()
  }

  const everything = useRef<(MediaStream | null)[]>([])
  everything.current = [camera, microphone, screen]
  useEffect(() => () => {
    publisher.current?.end()
    for (const stream of everything.current) stream?.getTracks().forEach((track) => track.stop())
  }, [])

  return {
    camera, screen, microphone, devices, state, fault, health, muted,
    chooseCamera, chooseMicrophone, showScreen, goOnAir,
    goOffAir: () => publisher.current?.end(),
    mute: (next: boolean) => (setMuted(next), publisher.current?.mute(next)),
  }
}
