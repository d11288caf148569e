import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type MediaFrame, tracks } from '../wire'
import { LivePlayer } from './LivePlayer'
import type { MakePlayer } from './Player'
import type { Air } from './ViewerLink'

const link = vi.hoisted(() => ({ callbacks: null as unknown as { media: (frames: MediaFrame[]) => void; air: (air: Air) => void } }))

vi.mock('./ViewerLink', () => ({
  ViewerLink: class {
    constructor(_session: string, _quality: string, callbacks: typeof link.callbacks) {
      link.callbacks = callbacks
    }
    played() {}
    receipt() {
      return Promise.resolve(null)
    }
    choose() {}
    close() {}
  },
}))
vi.mock('../audio', () => ({
  audio: () => ({ context: { createGain: () => ({ connect() {}, disconnect() {}, gain: {} }) } }),
}))

/** A player that has a picture for each track from which a frame has come. */
class Screen {
  static open = 0
  readonly pictures = new Map()

  constructor() {
    Screen.open++
  }
  push({ track }: MediaFrame) {
    if (track < tracks.microphone) this.pictures.set(track, { element: null, drawn: 0 })
  }
  keep(on: readonly number[]) {
    for (const track of this.pictures.keys()) if (!on.includes(track)) this.pictures.delete(track)
  }
  position = () => null
  lag = () => 0
  gaps = () => 0
  draw() {}
  close() {
    Screen.open--
  }
}

const frame = (publication: number, track: number) => ({ publication, track, timestamp: 0 }) as MediaFrame
const air = (...sources: [publication: number, on: number[]][]) =>
  link.callbacks.air({
    open: true,
    at: '',
    sources: sources.map(([publication, on]) => ({ publication, person: 'p', startedAt: '', tracks: on })),
  })

describe('a live player', () => {
  let player: LivePlayer
  const shown = () => player.view().shown.map(({ pictures }) => [...pictures.keys()])

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'requestAnimationFrame', 'cancelAnimationFrame'] })
    vi.stubGlobal('requestAnimationFrame', () => 0)
    vi.stubGlobal('cancelAnimationFrame', () => undefined)
    Screen.open = 0
    player = new LivePlayer(Screen as unknown as MakePlayer, 's', 'me', 'auto', () => undefined)
  })

  afterEach(() => {
    player.close()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it('no longer shows a camera that was switched off, even if some of its frames were still under way', () => {
    air([1, [tracks.camera, tracks.microphone]])
    link.callbacks.media([frame(1, tracks.camera)])
    air([1, [tracks.microphone]])
    expect(shown()).toEqual([[]])
    link.callbacks.media([frame(1, tracks.camera)])
    expect(shown()).toEqual([[tracks.camera]])
    vi.advanceTimersByTime(2_000)
    expect(shown()).toEqual([[]])
  })

  it('keeps a picture that came before the hub said that it is on air', () => {
    air([1, [tracks.microphone]])
    vi.advanceTimersByTime(900)
    link.callbacks.media([frame(1, tracks.screen)])
    vi.advanceTimersByTime(500)
    air([1, [tracks.screen, tracks.microphone]])
    vi.advanceTimersByTime(5_000)
    expect(shown()).toEqual([[tracks.screen]])
  })

  it('closes a publication that went off air, even if some of its frames were still under way', () => {
    air([1, [tracks.camera]])
    link.callbacks.media([frame(1, tracks.camera)])
    air()
    link.callbacks.media([frame(1, tracks.camera)])
    expect(Screen.open).toBe(1)
    vi.advanceTimersByTime(2_000)
    expect(Screen.open).toBe(0)
  })
})
