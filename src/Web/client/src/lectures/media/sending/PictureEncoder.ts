import { isSmall, type MediaConfig } from '../wire'
import type { Encoded } from './Encoding'

/** The time after which the next picture becomes a keyframe, in ms, so that a viewer who joins does not wait long. */
const keyEvery = 2_000
const mostQueued = 1

export interface PictureShape {
  readonly width: number
  readonly height: number
  readonly bitrate: number
  readonly framerate: number
}

/** The codecs that are tried, in this order. More browsers support the first codec. */
const codecs = ['vp8', 'avc1.42E01F'] as const

/** The first codec with which this browser can encode pictures of a shape. Null if there is none. */
export async function findCodec(shape: PictureShape): Promise<string | null> {
  for (const codec of codecs) if (await supports(codec, shape)) return codec
  return null
}

const supports = (codec: string, shape: PictureShape) =>
  VideoEncoder.isConfigSupported(configOf(codec, shape)).then(
    ({ supported }) => supported === true,
    () => false,
  )

const configOf = (codec: string, shape: PictureShape): VideoEncoderConfig => ({
  codec,
  width: shape.width,
  height: shape.height,
  bitrate: shape.bitrate,
  framerate: shape.framerate,
  latencyMode: 'realtime',
  ...(codec.startsWith('avc1') ? { avc: { format: 'avc' as const } } : {}),
})

/**
 * Encodes one track of pictures in a given shape. The encoder scales the pictures to that shape (WebCodecs, VideoEncoderConfig). It makes a
 * keyframe every two seconds, after `restart`, and after a change of the shape.
 */
export class PictureEncoder {
  private encoder: VideoEncoder | null = null
  private config: MediaConfig | null = null
  private keyAt = -Infinity
  private wantsKey = true
  private lastTimestamp = -1
  private nextAt = 0

  constructor(
    readonly track: number,
    private readonly codec: string,
    private shape: PictureShape,
    private readonly send: (frame: Encoded) => void,
    private readonly onFault: () => void,
  ) {}

  /**
   * Encodes a picture. The caller has to close the picture.
   * @param timestamp The position on the publication's clock, in microseconds.
   */
  encode(picture: VideoFrame, timestamp: number) {
    if (timestamp < this.nextAt) return // more pictures come than are wanted in a second
    const encoder = this.ready()
    if (encoder.encodeQueueSize > mostQueued) return // this machine is too slow, and a picture that waits would be late
    const stamp = Math.max(Math.round(timestamp), this.lastTimestamp + 1)
    this.lastTimestamp = stamp
    this.nextAt = timestamp + 0.7 * (1e6 / this.shape.framerate)
    const keyFrame = this.wantsKey || stamp / 1000 - this.keyAt >= keyEvery
    if (keyFrame) [this.keyAt, this.wantsKey] = [stamp / 1000, false]
    const stamped = new VideoFrame(picture, { timestamp: stamp })
    try {
      encoder.encode(stamped, { keyFrame })
    } finally {
      stamped.close()
    }
  }

  /** Whether it is time to encode the last picture again, on a track on which nothing moves. */
  isDue(timestamp: number) {
    return timestamp / 1000 - this.keyAt >= keyEvery
  }

  /** Makes the next picture a keyframe, for example because a frame was not sent. */
  restart() {
    this.wantsKey = true
  }

  reshape(shape: PictureShape) {
    if (shape.width === this.shape.width && shape.height === this.shape.height && shape.bitrate === this.shape.bitrate) return
    this.shape = shape
    this.wantsKey = true
    if (this.encoder?.state === 'configured') this.encoder.configure(configOf(this.codec, shape))
  }

  close() {
    if (this.encoder && this.encoder.state !== 'closed') this.encoder.close()
  }

  private ready(): VideoEncoder {
    if (this.encoder?.state === 'configured') return this.encoder
    this.encoder = new VideoEncoder({ output: (chunk, metadata) => this.take(chunk, metadata), error: () => this.onFault() })
    this.encoder.configure(configOf(this.codec, this.shape))
    this.wantsKey = true
    return this.encoder
  }

  private take(chunk: EncodedVideoChunk, metadata: EncodedVideoChunkMetadata | undefined) {
    const told = metadata?.decoderConfig
    if (told) {
      const description = told.description
        ? new Uint8Array(
            ArrayBuffer.isView(told.description)
              ? told.description.buffer.slice(told.description.byteOffset, told.description.byteOffset + told.description.byteLength)
              : (told.description as ArrayBuffer),
          )
        : null
      this.config = {
        codec: told.codec,
        width: told.codedWidth ?? this.shape.width,
        height: told.codedHeight ?? this.shape.height,
        sampleRate: 0,
        channels: 0,
        description,
      }
    }
    const payload = new Uint8Array(chunk.byteLength)
    chunk.copyTo(payload)
    const config =
      chunk.type === 'key'
        ? (this.config ?? {
            codec: this.codec,
            width: this.shape.width,
            height: this.shape.height,
            sampleRate: 0,
            channels: 0,
            description: null,
          })
        : null
    this.send({ track: this.track, timestamp: chunk.timestamp, duration: Math.round(1e6 / this.shape.framerate), config, payload })
  }
}

/** The shape of a track's small picture: at most 320 pixels wide, with fewer bits and fewer pictures a second. */
export const smallOf = (shape: PictureShape): PictureShape => {
  const factor = Math.min(1, 320 / shape.width)
  return { width: even(shape.width * factor), height: even(shape.height * factor), bitrate: 150_000, framerate: 12 }
}

export const even = (length: number) => Math.max(2, Math.round(length / 2) * 2)
export const smallTrack = (track: number) => (isSmall(track) ? track : track + 1)
