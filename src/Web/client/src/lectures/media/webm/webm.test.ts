import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input, type InputTrack } from 'mediabunny'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { writeClusters, writeHeader } from '../playing/webm/write'
import { pictureSize, soundDuration } from '../sending/webm/payload'
import { type WebmFrame, WebmReader } from '../sending/webm/WebmReader'
import { type MediaFrame, tracks } from '../wire'
import { joined } from './ebml'

const folder = `${process.env['HUB_SHARED_DATA'] ?? new URL('../../../../../../../../shared/data', import.meta.url).pathname}/media`
const recorded = ['chrome52.webm', 'chrome57.webm'].filter((name) => existsSync(`${folder}/${name}`))
const picture = { codec: 'vp8', width: 640, height: 360, sampleRate: 0, channels: 0, description: null }
const sound = { codec: 'opus', width: 0, height: 0, sampleRate: 48_000, channels: 1, description: null }

/** Numbers that look random and are the same each time. */
function* dice(seed: number, most: number) {
  for (;;) yield 1 + ((seed = (seed * 48_271) % 2_147_483_647) % most)
}

function readInSlices(bytes: Uint8Array, sizes: Iterator<number>): WebmFrame[] {
  const reader = new WebmReader()
  const frames: WebmFrame[] = []
  for (let at = 0; at < bytes.length;) {
    const size = sizes.next().value as number
    frames.push(...reader.push(bytes.subarray(at, at + size)))
    at += size
  }
  return frames
}

/** The frames that another reader of the format finds. */
async function readByOther(bytes: Uint8Array<ArrayBuffer>) {
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) })
  const packetsOf = async (track: InputTrack) => {
    const packets: { timestamp: number; isKey: boolean; payload: Uint8Array }[] = []
    const sink = new EncodedPacketSink(track)
    for await (const packet of sink.packets())
      packets.push({ timestamp: Math.round(packet.timestamp * 1e6), isKey: packet.type === 'key', payload: packet.data })
    return packets
  }
  return { input, video: await input.getPrimaryVideoTrack(), audio: await input.getPrimaryAudioTrack(), packetsOf }
}

const bare = ({ timestamp, isKey, payload }: { timestamp: number; isKey: boolean; payload: Uint8Array }) => ({
  timestamp,
  isKey,
  payload: Buffer.from(payload).toString('base64'),
})

describe.skipIf(recorded.length === 0).each(recorded)('the recording %s', (name) => {
  const bytes = new Uint8Array(readFileSync(`${folder}/${name}`))

  it('gives the same frames, wherever its bytes are cut into slices', () => {
    const whole = new WebmReader().push(bytes).map(bare)
    expect(whole.length).toBeGreaterThan(100)
    expect(readInSlices(bytes, dice(7, 30_000)).map(bare)).toEqual(whole)
    const begins = readInSlices(bytes.subarray(0, 500_000), dice(11, 500)).map(bare)
    expect(begins.length).toBeGreaterThan(10)
    expect(begins).toEqual(whole.slice(0, begins.length))
  }, 60_000)

  it('gives the frames that another reader finds in it', async () => {
    const frames = new WebmReader().push(bytes)
    const { video, audio, packetsOf } = await readByOther(bytes)
    for (const [track, codec] of [
      [video, 'V_VP8'],
      [audio, 'A_OPUS'],
    ] as const) {
      if (!track) continue
      expect(frames.filter((f) => f.track.codec === codec).map(bare)).toEqual((await packetsOf(track)).map(bare))
    }
    expect(video ?? audio).not.toBeNull()
  })

  it('has keyframes that contain the size of their picture, and sound that lasts until the next piece', () => {
    const frames = new WebmReader().push(bytes)
    for (const { track, isKey, payload } of frames.filter((f) => f.track.codec === 'V_VP8'))
      expect(pictureSize(payload)).toEqual(isKey ? { width: track.width, height: track.height } : null)
    const heard = frames.filter((f) => f.track.codec === 'A_OPUS')
    const lasts = heard.reduce((sum, f) => sum + soundDuration(f.payload), 0)
    const span = (heard.at(-1)?.timestamp ?? 0) - (heard[0]?.timestamp ?? 0)
    expect(Math.abs(lasts - span)).toBeLessThanOrEqual(0.05 * span + 200_000)
  })

  it('gives the same frames after they were written for a viewer and read again', async () => {
    const frames = new WebmReader().push(bytes)
    for (const codec of ['V_VP8', 'A_OPUS']) {
      const sent = frames.filter((f) => f.track.codec === codec)
      if (sent.length === 0) continue
      const config = codec === 'V_VP8' ? { ...picture, width: sent[0]!.track.width, height: sent[0]!.track.height } : sound
      const packed = sent.map((f, i): MediaFrame => ({
        publication: 1,
        track: codec === 'V_VP8' ? tracks.camera : tracks.microphone,
        sequence: i,
        timestamp: f.timestamp,
        duration: 0,
        config: f.isKey ? config : null,
        payload: f.payload,
      }))
      const written = joined([writeHeader(config), ...pieces(packed, 7).map((some) => writeClusters(some, 4_000_000))])
      expect(new WebmReader().push(written).map(bare)).toEqual(sent.map(bare))
      const { video, audio, packetsOf } = await readByOther(written)
      expect((await packetsOf((video ?? audio)!)).map(bare)).toEqual(sent.map(bare))
    }
  })
})

const pieces = <T>(list: readonly T[], size: number) =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))

describe('WebM written for a viewer', () => {
  const frame = (track: number, timestamp: number, isKey: boolean, length = 40): MediaFrame => ({
    publication: 1,
    track,
    sequence: 1,
    timestamp,
    duration: 0,
    config: isKey ? (track === tracks.camera ? picture : sound) : null,
    payload: new Uint8Array(length).fill(7),
  })

  it('is read correctly by another reader, also hours into a lecture', async () => {
    const hours = 5 * 3_600_000_000
    const seen = await readByOther(
      joined([
        writeHeader(picture),
        writeClusters([frame(tracks.camera, hours, true, 70_000), frame(tracks.camera, hours + 33_000, false)], 4_000_000),
      ]),
    )
    expect([await seen.video!.getCodec(), await seen.video!.getCodedWidth(), await seen.video!.getCodedHeight(), seen.audio]).toEqual([
      'vp8',
      640,
      360,
      null,
    ])
    expect((await seen.packetsOf(seen.video!)).map(({ timestamp, isKey, payload }) => [timestamp, isKey, payload.length])).toEqual([
      [hours, true, 70_000],
      [hours + 33_000, false, 40],
    ])
    const heard = await readByOther(
      joined([
        writeHeader({ ...sound, channels: 2 }),
        writeClusters([frame(tracks.microphone, 20_000, true), frame(tracks.microphone, 40_000, false)], 0),
      ]),
    )
    expect([await heard.audio!.getCodec(), await heard.audio!.getNumberOfChannels(), await heard.audio!.getSampleRate()]).toEqual([
      'opus',
      2,
      48_000,
    ])
  })

  it('begins another cluster when a frame is too far from the start of the cluster', () => {
    const far = [0, 29_000_000, 31_000_000, 70_000_000].map((timestamp) => frame(tracks.camera, timestamp, true))
    expect(new WebmReader().push(joined([writeHeader(picture), writeClusters(far, 4_000_000)])).map((f) => f.timestamp)).toEqual(
      far.map((f) => f.timestamp),
    )
  })
})

describe('the reader', () => {
  it('refuses bytes that are not WebM, and elements whose stated size is too large', () => {
    expect(() => new WebmReader().push(Uint8Array.of(0, 0, 0, 0))).toThrow('media.bad-webm')
    expect(() => new WebmReader().push(Uint8Array.of(0xa3, 0x08, 0x7f, 0xff, 0xff, 0xff))).toThrow('media.bad-webm')
  })

  it('waits for the rest of an element and for nothing else', () => {
    const bytes = joined([
      writeHeader(picture),
      writeClusters(
        [{ publication: 1, track: 0, sequence: 1, timestamp: 0, duration: 0, config: picture, payload: Uint8Array.of(1, 2, 3) }],
        1_000,
      ),
    ])
    const reader = new WebmReader()
    expect(reader.push(bytes.subarray(0, bytes.length - 1))).toEqual([])
    expect(reader.push(bytes.subarray(bytes.length - 1))).toHaveLength(1)
  })
})

describe('a packet of Opus', () => {
  it.each([
    [[0x78], 20_000],
    [[0xf8], 20_000],
    [[0x18], 60_000],
    [[0xfb, 3], 60_000],
    [[0x08 | 1], 40_000],
    [[0x80], 2_500],
  ])('%j lasts %i µs', (bytes, lasts) => {
    expect(soundDuration(Uint8Array.from(bytes))).toBe(lasts)
  })
})
