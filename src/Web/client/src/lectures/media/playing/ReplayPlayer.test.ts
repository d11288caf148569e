import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type MediaFrame, tracks, writePacket } from '../wire'
import type { Player, PlayerCallbacks } from './Player'
import type { RecordedPublication, Recording } from './recording'
import { ReplayPlayer } from './ReplayPlayer'

const start = Date.parse('2026-11-23T08:00:00Z')
const frameEvery = 100_000

/** A player that plays all frames that it has and then stands still, as a media element does. */
class Tape implements Player {
  static readonly all: Tape[] = []
  readonly pictures = new Map()
  private from = 0
  private at = performance.now()
  private stood = 0
  held = false
  closed = false
  end = 0
  /** How long the player waits before it begins to play, in ms. */
  late = 0

  constructor(_live: boolean, _destination: AudioNode, _ears: PlayerCallbacks) {
    this.late = Tape.all.length * 600
    Tape.all.push(this)
  }

  position() {
    const now = performance.now()
    const plays = !this.held && now - this.at >= this.late
    if (plays) {
      this.stood = Math.max(this.stood, Math.min(this.end, this.from + (now - this.at - this.late) * 1000))
      this.late = 0
    }
    this.at = plays ? now : this.at
    this.from = this.stood
    return this.stood
  }

  push(frame: MediaFrame) {
    this.position()
    this.end = Math.max(this.end, frame.timestamp)
  }

  begin(from: number) {
    this.from = this.stood = this.end = from
    this.at = performance.now()
  }

  hold(held: boolean) {
    this.position()
    this.held = held
    this.at = performance.now()
  }

  close() {
    this.closed = true
  }

  lag = () => 0
  gaps = () => 0
  draw() {}
  stand() {}
  keep() {}
}

const publication = (number: number, second: number, seconds: number): RecordedPublication => ({
  publication: number,
  person: `p-${number}`,
  startedAt: new Date(start + second * 1000).toISOString(),
  onAir: false,
  segments: Array.from({ length: Math.ceil(seconds / 4) }, (_, i) => ({
    number: i,
    from: i * 4_000_000,
    to: Math.min((i + 1) * 4, seconds) * 1_000_000,
    bytes: 1,
    tracks: [tracks.camera],
  })),
})

const recordingOf = (...publications: RecordedPublication[]): Recording => ({ session: 's', from: null, publications })

let recording: Recording
let player: ReplayPlayer | undefined
const begin = (instant = start) => (player = new ReplayPlayer(Tape, 's', recording, instant, () => undefined))
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const second = () => (player!.instant() - start) / 1000
const playing = () => player!.shown().map(({ source }) => source.publication)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance', 'Date'] })
  Tape.all.length = 0
  const node = { connect: () => node, disconnect: () => undefined, gain: { value: 1 } }
  vi.stubGlobal(
    'AudioContext',
    class {
      readonly createGain = () => node
      readonly audioWorklet = { addModule: () => Promise.resolve() }
    },
  )
  vi.stubGlobal('requestAnimationFrame', () => 0)
  vi.stubGlobal('cancelAnimationFrame', () => undefined)
  vi.stubGlobal('fetch', (url: string) => {
    const [number, segment] = url.split('/').slice(-2).map(Number) as [number, number]
    const { from, to } = recording.publications.find((p) => p.publication === number)!.segments[segment]!
    const frames = Array.from({ length: Math.floor((to - from) / frameEvery) + 1 }, (_, i): MediaFrame => ({
      publication: number,
      track: tracks.camera,
      sequence: i,
      timestamp: from + i * frameEvery,
      duration: 0,
      config: null,
      payload: Uint8Array.of(1),
    }))
    return Promise.resolve(new Response(writePacket(frames) as Uint8Array<ArrayBuffer>))
  })
})

afterEach(() => {
  player?.close()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a replay', () => {
  it('goes on from one publication to the next, skips the time between them, and stops at the end', async () => {
    recording = recordingOf(publication(1, 0, 6), publication(2, 60, 6))
    begin()
    await pass(3_000)
    expect(playing()).toEqual([1])
    expect(second()).toBeCloseTo(3, 0)
    await pass(5_500)
    expect(playing()).toEqual([2])
    expect(second()).toBeGreaterThan(60)
    expect(player!.isPaused).toBe(false)
    await pass(8_000)
    expect([playing(), second(), player!.isPaused]).toEqual([[], 66, true])
  })

  it('begins again from the beginning when somebody presses play at its end', async () => {
    recording = recordingOf(publication(1, 0, 6), publication(2, 60, 6))
    begin(start + 64_000)
    await pass(5_000)
    expect(player!.isPaused).toBe(true)
    player!.pause(false)
    await pass(3_000)
    expect([playing(), player!.isPaused]).toEqual([[1], false])
    expect(second()).toBeLessThan(4)
  })

  it('can go back from a publication to the one before', async () => {
    recording = recordingOf(publication(1, 0, 6), publication(2, 60, 6))
    begin(start + 61_000)
    await pass(1_000)
    player!.seek(start + 2_000)
    expect([playing(), second()]).toEqual([[1], 2])
  })

  it('has one clock for two publications, and waits for the publication that is late', async () => {
    recording = recordingOf(publication(1, 0, 20), publication(2, 4, 12))
    begin()
    await pass(10_000)
    expect(playing()).toEqual([1, 2])
    const [first, other] = Tape.all as [Tape, Tape]
    expect(Math.abs(first.position() - (other.position() + 4_000_000))).toBeLessThan(350_000)
    expect(second()).toBe(Math.min(first.position(), other.position() + 4_000_000) / 1e6)
    player!.pause(true)
    const stood = second()
    await pass(5_000)
    expect([first.held, other.held, second()]).toEqual([true, true, stood])
    player!.pause(false)
    player!.seek(start + 12_000)
    await pass(1_000)
    expect([first.position(), other.position() + 4_000_000].every((at) => at >= 12_000_000 && at < 13_500_000)).toBe(true)
    // One publication ends before the other. The other one then plays alone.
    await pass(6_000)
    expect(playing()).toEqual([1])
    expect(second()).toBeGreaterThan(16)
  })

  it('does not wait for ever for a player that stands still', async () => {
    recording = recordingOf(publication(1, 0, 20), publication(2, 2, 12))
    begin()
    await pass(2_500)
    Tape.all[1]!.late = Infinity
    await pass(8_000)
    expect(second()).toBeGreaterThan(6)
  })
})
