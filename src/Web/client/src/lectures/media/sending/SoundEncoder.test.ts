import { beforeEach, expect, it, vi } from 'vitest'
import type { Encoded } from './Encoding'
import { SoundEncoder } from './SoundEncoder'

vi.mock('../audio', () => ({
  audio: () => ({
    context: {
      audioWorklet: { addModule: async () => undefined },
      resume: async () => undefined,
      createMediaStreamSource: () => ({ connect: () => undefined, disconnect: () => undefined }),
    },
  }),
}))

const piece = 20_000
let now = 0
let sent: Encoded[] = []
let hear: () => void

/** Works like the encoder of browsers: it takes only the first timestamp and computes the later ones from it. */
class Encoder {
  state = 'unconfigured'
  private next = -1
  constructor(private readonly init: { output: (chunk: unknown) => void }) {}
  configure() {
    this.state = 'configured'
  }
  reset() {
    this.state = 'unconfigured'
    this.next = -1
  }
  encode({ timestamp }: { timestamp: number }) {
    if (this.next < 0) this.next = timestamp
    this.init.output({ timestamp: this.next, byteLength: 3, copyTo: () => undefined })
    this.next += piece
  }
}

beforeEach(async () => {
  const port: { onmessage?: (message: { data: Float32Array }) => void; close: () => void } = { close: () => undefined }
  Object.assign(globalThis, {
    AudioEncoder: Encoder,
    AudioData: class {
      constructor(init: object) {
        Object.assign(this, init)
      }
      close() {}
    },
    AudioWorkletNode: class {
      port = port
    },
  })
  ;[now, sent] = [piece, []]
  new SoundEncoder(
    8,
    {} as MediaStream,
    () => now,
    (frame) => sent.push(frame),
    () => undefined,
  )
  await vi.waitFor(() => expect(port.onmessage).toBeDefined())
  hear = () => port.onmessage!({ data: new Float32Array(960) })
})

/** Passes on pieces of sound at the time when they are spoken. */
function speak(seconds: number) {
  for (const until = now + seconds * 1e6; now < until; now += piece) hear()
}

const behind = () => now - piece - (sent.at(-1)!.timestamp + piece)

it('is in step again after the device stood still', () => {
  speak(1)
  now += 8_000_000 // the sound of this time never came
  speak(2)
  expect(behind()).toBeLessThan(80_000)
  expect(sent).toHaveLength(150)
})

it('keeps the time of sound that a busy page delayed', () => {
  speak(1)
  now += 3_000_000
  for (let i = 0; i < 150; i++) hear() // all that was spoken meanwhile
  expect(sent.map((frame) => frame.timestamp)).toEqual(Array.from({ length: 200 }, (_, i) => i * piece))
  speak(2)
  expect(behind()).toBeLessThan(80_000)
})
