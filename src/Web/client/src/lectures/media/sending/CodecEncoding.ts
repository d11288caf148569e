import { tracks } from '../wire'
import type { Encoding, EncodingCallbacks } from './Encoding'
import { even, findCodec, PictureEncoder, type PictureShape, smallOf } from './PictureEncoder'
import { readPictures } from './readPictures'
import { SoundEncoder } from './SoundEncoder'

interface Picture {
  readonly stop: () => void
  readonly full: PictureEncoder
  readonly small: PictureEncoder
  readonly shape: PictureShape
  last: VideoFrame | null
}

const camera = { most: 1280, bitrate: 1_000_000, framerate: 30 }
const screen = { most: 1920, bitrate: 1_500_000, framerate: 15 }

/** Encodes with the browser's codecs. Pictures are encoded in two qualities. */
export class CodecEncoding implements Encoding {
  static readonly tracksOf = (track: number) => [track, track + 1]

  private readonly wanted = new Map<number, MediaStreamTrack>()
  private readonly pictures = new Map<number, Picture>()
  private sound: SoundEncoder | null = null
  private muted = false
  private factor = 1

  constructor(private readonly callbacks: EncodingCallbacks) {}

  async see(track: number, video: MediaStreamTrack | null) {
    this.drop(track)
    if (!video) return void this.wanted.delete(track)
    this.wanted.set(track, video)
    const { width = 640, height = 360 } = video.getSettings()
    const limits = track === tracks.screen ? screen : camera
    const scale = Math.min(1, limits.most / Math.max(width, height))
    const shape = { width: even(width * scale), height: even(height * scale), bitrate: limits.bitrate, framerate: limits.framerate }
    const codec = await findCodec(shape)
    if (this.wanted.get(track) !== video) return
    if (!codec) return this.callbacks.unable('media.unsupported-codec')
    this.drop(track)
    const again = () => void this.see(track, video)
    const full = new PictureEncoder(track, codec, shape, this.callbacks.send, again)
    const small = new PictureEncoder(track + 1, codec, smallOf(shape), this.callbacks.send, again)
    const picture: Picture = {
      full,
      small,
      shape,
      last: null,
      stop: readPictures(video, (frame) => {
        picture.last?.close()
        picture.last = frame.clone()
        this.encode(picture, frame)
      }),
    }
    this.pictures.set(track, picture)
  }

  hear(microphone: MediaStream | null) {
    this.sound?.close()
    this.sound =
      microphone && new SoundEncoder(tracks.microphone, microphone, this.callbacks.now, this.callbacks.send, () => this.hear(microphone))
    this.mute(this.muted)
  }

  mute(muted: boolean) {
    this.muted = muted
    if (this.sound) this.sound.muted = muted
  }

  restart() {
    for (const { full, small } of this.pictures.values()) {
      full.restart()
      small.restart()
    }
  }

  reshape(factor: number) {
    const returns = this.factor === 0
    this.factor = factor
    if (factor === 0) return
    for (const { full, shape } of this.pictures.values()) {
      const side = factor < 0.5 ? 0.5 : 1
      full.reshape({
        ...shape,
        width: even(shape.width * side),
        height: even(shape.height * side),
        bitrate: Math.round(shape.bitrate * factor),
      })
      if (returns) full.restart()
    }
  }

  tend() {
    // A screen on which nothing moves gives no pictures. The last picture is sent again, because a viewer who joins needs one.
    for (const picture of this.pictures.values())
      if (picture.last && picture.full.isDue(this.callbacks.now() - 200_000)) this.encode(picture, picture.last)
  }

  close() {
    this.wanted.clear()
    this.sound?.close()
    this.sound = null
    for (const track of [...this.pictures.keys()]) this.drop(track)
  }

  private encode(picture: Picture, frame: VideoFrame) {
    if (this.factor === 0) return
    const now = this.callbacks.now()
    picture.full.encode(frame, now)
    picture.small.encode(frame, now)
  }

  private drop(track: number) {
    const picture = this.pictures.get(track)
    if (!picture) return
    this.pictures.delete(track)
    picture.stop()
    picture.full.close()
    picture.small.close()
    picture.last?.close()
  }
}
