/**
 * The numbers of the tracks. A track with an odd number that is lower than the microphone's carries the small pictures of the track before
 * it.
 */
export const tracks = { camera: 0, cameraSmall: 1, screen: 2, screenSmall: 3, microphone: 8, screenSound: 9 } as const

export const isSound = (track: number) => track >= tracks.microphone
export const isSmall = (track: number) => track < tracks.microphone && (track & 1) === 1

/** How a track is decoded. Pictures have `width` and `height`, sound has `sampleRate` and `channels`. The other two are 0. */
export interface MediaConfig {
  readonly codec: string
  readonly width: number
  readonly height: number
  readonly sampleRate: number
  readonly channels: number
  readonly description: Uint8Array | null
}

/**
 * One encoded picture or piece of sound. Times are microseconds of the publication's clock. A keyframe has a configuration, and no other
 * frame has one.
 */
export interface MediaFrame {
  readonly publication: number
  readonly track: number
  readonly sequence: number
  readonly timestamp: number
  readonly duration: number
  readonly config: MediaConfig | null
  readonly payload: Uint8Array
}

const version = 1
const headerLength = 28
const keyFlag = 1
const audioFlag = 2
const mostPayload = 1 << 20

/**
 * Reads the frames of a packet (docs/media.md). If the bytes are not a packet, it throws an error with a code. With `mayBeTorn`, the last
 * frame may be cut off, as in a recording that grows.
 */
export function readPacket(bytes: Uint8Array, mayBeTorn = false): MediaFrame[] {
  if (bytes[0] !== version) throw new Error('media.bad-version')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const frames: MediaFrame[] = []
  for (let at = 1; at < bytes.length;) {
    if (at + headerLength > bytes.length) return torn(frames, mayBeTorn)
    const flags = view.getUint8(at)
    const track = view.getUint8(at + 1)
    const configLength = view.getUint16(at + 2, true)
    const payloadLength = view.getUint32(at + 24, true)
    const key = (flags & keyFlag) !== 0
    if (flags > (keyFlag | audioFlag) || ((flags & audioFlag) !== 0) !== isSound(track) || payloadLength === 0)
      throw new Error('media.bad-frame')
    if (payloadLength > mostPayload) throw new Error('media.too-large')
    if (key !== configLength > 0) throw new Error('media.bad-config')
    const start = at + headerLength + configLength
    if (start + payloadLength > bytes.length) return torn(frames, mayBeTorn)
    frames.push({
      publication: view.getUint32(at + 4, true),
      track,
      sequence: view.getUint32(at + 8, true),
      duration: view.getUint32(at + 12, true),
      timestamp: view.getUint32(at + 16, true) + view.getUint32(at + 20, true) * 2 ** 32,
      config: key ? readConfig(bytes.subarray(at + headerLength, start), isSound(track)) : null,
      payload: bytes.subarray(start, start + payloadLength),
    })
    at = start + payloadLength
  }
  return frames
}

export function writePacket(frames: readonly MediaFrame[]): Uint8Array {
  const configs = frames.map((frame) => (frame.config ? writeConfig(frame.config, isSound(frame.track)) : new Uint8Array()))
  const bytes = new Uint8Array(frames.reduce((sum, frame, i) => sum + headerLength + configs[i]!.length + frame.payload.length, 1))
  const view = new DataView(bytes.buffer)
  bytes[0] = version
  let at = 1
  frames.forEach((frame, i) => {
    const config = configs[i]!
    view.setUint8(at, (frame.config ? keyFlag : 0) | (isSound(frame.track) ? audioFlag : 0))
    view.setUint8(at + 1, frame.track)
    view.setUint16(at + 2, config.length, true)
    view.setUint32(at + 4, frame.publication, true)
    view.setUint32(at + 8, frame.sequence, true)
    view.setUint32(at + 12, frame.duration, true)
    view.setUint32(at + 16, frame.timestamp % 2 ** 32, true)
    view.setUint32(at + 20, Math.floor(frame.timestamp / 2 ** 32), true)
    view.setUint32(at + 24, frame.payload.length, true)
    bytes.set(config, at + headerLength)
    bytes.set(frame.payload, at + headerLength + config.length)
    at += headerLength + config.length + frame.payload.length
  })
  return bytes
}

function torn(frames: MediaFrame[], allowed: boolean): MediaFrame[] {
  if (!allowed) throw new Error('media.torn')
  return frames
}

function readConfig(bytes: Uint8Array, sound: boolean): MediaConfig {
  const codecLength = bytes[0] ?? 0
  const rest = 1 + codecLength + (sound ? 5 : 4)
  if (codecLength === 0 || rest > bytes.length) throw new Error('media.bad-config')
  const view = new DataView(bytes.buffer, bytes.byteOffset + 1 + codecLength)
  return {
    codec: String.fromCharCode(...bytes.subarray(1, 1 + codecLength)),
    width: sound ? 0 : view.getUint16(0, true),
    height: sound ? 0 : view.getUint16(2, true),
    sampleRate: sound ? view.getUint32(0, true) : 0,
    channels: sound ? view.getUint8(4) : 0,
    description: rest < bytes.length ? bytes.subarray(rest) : null,
  }
}

function writeConfig(config: MediaConfig, sound: boolean): Uint8Array {
  const codec = new TextEncoder().encode(config.codec)
  const bytes = new Uint8Array(1 + codec.length + (sound ? 5 : 4) + (config.description?.length ?? 0))
  const view = new DataView(bytes.buffer, 1 + codec.length)
  bytes[0] = codec.length
  bytes.set(codec, 1)
  if (sound) {
    view.setUint32(0, config.sampleRate, true)
    view.setUint8(4, config.channels)
  } else {
    view.setUint16(0, config.width, true)
    view.setUint16(2, config.height, true)
  }
  if (config.description) bytes.set(config.description, 1 + codec.length + (sound ? 5 : 4))
  return bytes
}

/** Whether two configurations can use one decoder. */
export const sameConfig = (a: MediaConfig, b: MediaConfig) =>
  a.codec === b.codec &&
  a.width === b.width &&
  a.height === b.height &&
  a.sampleRate === b.sampleRate &&
  a.channels === b.channels &&
  String(a.description) === String(b.description)
