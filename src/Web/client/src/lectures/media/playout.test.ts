import { beforeAll, expect, test } from 'vitest'
import type { PlayoutOrder, PlayoutReport } from './playout.worklet'

const rate = 48_000
const round = 128

interface Device {
  process: (inputs: unknown, outputs: Float32Array[][]) => boolean
  port: { onmessage: (event: { data: PlayoutOrder }) => void; postMessage: (report: PlayoutReport) => void }
}
let Playout: new (options: unknown) => Device

// Provides what a worklet finds in the audio device's own thread.
beforeAll(async () => {
  Object.assign(globalThis, {
    sampleRate: rate,
    currentTime: 0,
    AudioWorkletProcessor: class {
      port = { onmessage: () => undefined, postMessage: () => undefined }
    },
    registerProcessor: (_: string, type: typeof Playout) => (Playout = type),
  })
  await import('./playout.worklet')
})

/** Gets sound in pieces of 20 ms, in which every sample is 1, and plays it in simulated time. */
class Listener {
  private readonly device: Device
  private next = 0 // the timestamp of the piece that is made next, µs
  private now = 0 // rounds
  report: PlayoutReport | null = null
  heard = 0
  silent = 0

  constructor(live: boolean) {
    this.device = new Playout({ processorOptions: { live } })
    this.device.port.postMessage = (report) => (this.report = report)
  }

  comes(seconds: number) {
    for (let left = Math.round(seconds / 0.02); left > 0; left--, this.next += 20_000)
      this.device.port.onmessage({ data: { kind: 'sound', timestamp: this.next, channels: [new Float32Array(rate / 50).fill(1)] } })
  }

  /** Lets time pass. If `every` is not 0, sound comes in portions of `every` seconds, one portion each `every` seconds. */
  goesOn(seconds: number, every = 0) {
    const output = [[new Float32Array(round), new Float32Array(round)]]
    const ends = this.now + (seconds * rate) / round
    let comesAt = this.now
    for (; this.now < ends; this.now++) {
      if (every > 0 && this.now >= comesAt) {
        this.comes(every)
        comesAt += (every * rate) / round
      }
      output[0]!.forEach((channel) => channel.fill(0))
      this.device.process(null, output)
      for (const sample of output[0]![0]!)
        if (sample === 0) this.silent++
        else this.heard++
    }
  }

  get waiting() {
    return this.report!.waiting / 1000
  }
}

test('sound that comes evenly is played without a gap and with a small queue', () => {
  const listener = new Listener(true)
  listener.comes(0.1)
  listener.goesOn(10, 0.04)
  listener.silent = 0
  listener.goesOn(20, 0.04)
  expect(listener.silent).toBe(0)
  expect(listener.waiting).toBeLessThan(0.13)
})

test('a viewer who joins with a second of queued sound hears the present at once', () => {
  const listener = new Listener(true)
  listener.comes(1)
  listener.goesOn(0.5, 0.04)
  expect(listener.waiting).toBeLessThan(0.2)
})

test('pauses of 0.4 s in a line soon cause a longer queue and no gaps, and the queue becomes shorter when the line is good again', () => {
  const listener = new Listener(true)
  listener.comes(0.1)
  listener.goesOn(5, 0.04)
  for (let i = 0; i < 10; i++) {
    listener.goesOn(0.4)
    listener.comes(0.4)
    listener.goesOn(0.8, 0.04)
  }
  listener.silent = 0
  for (let i = 0; i < 3; i++) {
    listener.goesOn(0.4)
    listener.comes(0.4)
    listener.goesOn(0.8, 0.04)
  }
  expect(listener.silent).toBe(0)
  expect(listener.waiting).toBeGreaterThan(0.3)
  listener.goesOn(60, 0.04)
  expect(listener.silent).toBe(0)
  expect(listener.waiting).toBeLessThan(0.15)
})

test('all sound of a recording is played, at its own pace', () => {
  const listener = new Listener(false)
  listener.comes(5)
  listener.goesOn(4)
  expect(listener.heard / rate).toBeCloseTo(4, 1)
  listener.goesOn(2)
  expect(listener.heard).toBe(5 * rate)
})
