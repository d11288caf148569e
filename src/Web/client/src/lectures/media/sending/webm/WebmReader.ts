import { elementsIn, ids, readFloat, readHead, readText, readUint } from '../../webm/ebml'

export interface WebmTrack {
  readonly codec: string
  readonly width: number
  readonly height: number
  readonly sampleRate: number
  readonly channels: number
  readonly description: Uint8Array | null
}

/** One encoded picture or piece of sound. Times are in microseconds since the recording began. */
export interface WebmFrame {
  readonly track: WebmTrack
  readonly timestamp: number
  readonly isKey: boolean
  readonly payload: Uint8Array
}

/**
 * The greatest size of an element that is read, in bytes. A keyframe of a lecture is far smaller, so a larger element does not come from
 * our recordings.
 */
const mostElement = 4 << 20

/**
 * Reads frames from the WebM that a recorder writes. The bytes come in slices. A slice may end at any byte, even inside an element. A frame
 * is returned as soon as it is complete, without waiting for the end of its cluster or segment. The size of a cluster or segment may be
 * unknown. Throws if the bytes are not WebM.
 */
export class WebmReader {
  private rest: Uint8Array = new Uint8Array()
  private readonly tracks = new Map<number, WebmTrack>()
  private scale = 1_000_000 // nanoseconds
  private cluster = 0

  push(slice: Uint8Array): WebmFrame[] {
    const bytes = new Uint8Array(this.rest.length + slice.length)
    bytes.set(this.rest)
    bytes.set(slice, this.rest.length)
    const frames: WebmFrame[] = []
    let at = 0
    for (let head = readHead(bytes, at); head; head = readHead(bytes, at)) {
      if (head.id === ids.segment || head.id === ids.cluster) {
        at += head.head
        continue
      }
      if (head.size > mostElement) throw new Error('media.bad-webm')
      if (at + head.head + head.size > bytes.length) break
      const frame = this.take(head.id, bytes.subarray(at + head.head, at + head.head + head.size))
      if (frame) frames.push(frame)
      at += head.head + head.size
    }
    this.rest = bytes.slice(at)
    return frames
  }

  private take(id: number, content: Uint8Array): WebmFrame | null {
    switch (id) {
      case ids.info:
        for (const e of elementsIn(content)) if (e.id === ids.timestampScale) this.scale = readUint(e.content)
        return null
      case ids.tracks:
        for (const e of elementsIn(content)) if (e.id === ids.trackEntry) this.enter(e.content)
        return null
      case ids.timestamp:
        this.cluster = readUint(content)
        return null
      case ids.simpleBlock:
        return this.frame(content, null)
      case ids.blockGroup: {
        const parts = new Map([...elementsIn(content)].map((e) => [e.id, e.content]))
        const block = parts.get(ids.block)
        return block ? this.frame(block, !parts.has(ids.referenceBlock)) : null
      }
      default:
        return null
    }
  }

  private enter(entry: Uint8Array) {
    const values = new Map<number, Uint8Array>()
    for (const e of elementsIn(entry)) {
      if (e.id === ids.video || e.id === ids.audio) for (const inner of elementsIn(e.content)) values.set(inner.id, inner.content)
      else values.set(e.id, e.content)
    }
    const number = (id: number) => readUint(values.get(id) ?? new Uint8Array())
    this.tracks.set(number(ids.trackNumber), {
      codec: readText(values.get(ids.codecId) ?? new Uint8Array()),
      width: number(ids.pixelWidth),
      height: number(ids.pixelHeight),
      sampleRate: Math.round(readFloat(values.get(ids.samplingFrequency) ?? new Uint8Array())),
      channels: number(ids.channels) || 1,
      description: values.get(ids.codecPrivate)?.slice() ?? null,
    })
  }

  /** @param isKey Null if the block itself says whether it is a keyframe. */
  private frame(block: Uint8Array, isKey: boolean | null): WebmFrame | null {
    const numberLength = block[0]! & 0x80 ? 1 : 2 // no recorder has more than 16,383 tracks
    if (block.length < numberLength + 4) return null // without a payload, there is nothing to show
    const number = numberLength === 1 ? block[0]! & 0x7f : ((block[0]! & 0x3f) << 8) | block[1]!
    const track = this.tracks.get(number)
    if (!track) return null
    const flags = block[numberLength + 2]!
    if (flags & 0x06) throw new Error('media.bad-webm') // several frames in one block, which recorders do not write
    const relative = new DataView(block.buffer, block.byteOffset + numberLength).getInt16(0)
    return {
      track,
      timestamp: Math.round(((this.cluster + relative) * this.scale) / 1000),
      isKey: isKey ?? (flags & 0x80) !== 0,
      payload: block.slice(numberLength + 3),
    }
  }
}
