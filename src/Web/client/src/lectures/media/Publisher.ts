import { codeOf, PublisherLink } from './lectureHub'
import { even, findCodec, PictureEncoder, type PictureShape, smallOf } from './PictureEncoder'
import { readPictures } from './pictures'
import { SoundEncoder } from './SoundEncoder'
import { type LineHealth, Uplink } from './Uplink'
import { type MediaFrame, tracks } from './wire'

export type PublisherState = 'connecting' | 'onAir' | 'reconnecting' | 'ended'

export interface PublisherEars {
  readonly state: (state: PublisherState, code: string | null) => void
  readonly health: (health: LineHealth) => void
}

interface Picture { readonly stop: () => void; readonly full: PictureEncoder; readonly small: PictureEncoder; readonly shape: PictureShape; last: VideoFrame | null }

const camera = { most: 1280, bitrate: 1_000_000, framerate: 30 }
const screen = { most: 1920, bitrate: 1_500_000, framerate: 15 }
const retryEvery = 1_500
const mostRetries = 40

/** Sends a speaker's camera, screen and microphone into a lecture until it is ended, over dropped connections too: each begins a publication of its own. */
export class Publisher {
  private link: PublisherLink | null = null
  private uplink: Uplink | null = null
  private publication = 0
  private zero = Number.POSITIVE_INFINITY
  private readonly pictures = new Map<number, Picture>()
  private sound: SoundEncoder | null = null
  private readonly wanted = new Map<number, MediaStreamTrack>()
  private microphone: MediaStream | null = null
  private muted = false
  private ended = false
  private retries = 0
  private factor = 1
  private readonly timer: ReturnType<typeof setInterval>

  constructor(private readonly session: string, private readonly ears: PublisherEars) {
    this.timer = setInterval(() => this.tend(), 1_000)
  }

  /** Goes on air with what is shown and heard then. */
  async start() {
    this.ears.state(this.retries === 0 ? 'connecting' : 'reconnecting', null)
    const link = new PublisherLink(() => this.link === link && this.lost())
    this.link = link
    try {
      this.publication = await link.publish(this.session, this.on())
    } catch (error) {
      const code = codeOf(error)
      if (code !== 'hub.fault') return this.end(code)
      return this.lost()
    }
    if (this.ended) return void link.close()
    this.zero = performance.now()
    this.retries = 0
    this.uplink = new Uplink(link, () => this.pictures.forEach((p) => (p.full.restart(), p.small.restart())), (factor) => this.reshape(factor), (error) => this.refused(link, error))
    this.factor = 1
    this.hear()
    for (const [track, video] of this.wanted) await this.see(track, video)
    this.ears.state('onAir', null)
  }

  /** Shows a camera or a screen; null takes it away. */
  async show(track: typeof tracks.camera | typeof tracks.screen, video: MediaStreamTrack | null) {
    this.drop(track)
    if (video) this.wanted.set(track, video)
    else this.wanted.delete(track)
    if (!this.uplink) return
    if (video) await this.see(track, video)
    await this.link?.switch(this.on()).catch(() => undefined)
  }

  listen(stream: MediaStream | null) {
    this.microphone = stream
    if (this.uplink) this.hear()
  }

  mute(muted: boolean) {
    this.muted = muted
    if (this.sound) this.sound.muted = muted
  }

  /** Goes off air. */
  end(code: string | null = null) {
    if (this.ended) return
    this.ended = true
    clearInterval(this.timer)
    this.silence()
    void this.link?.close()
    this.ears.state('ended', code)
  }

  /** Microseconds of the publication's clock; negative before it is on air. */
  private readonly now = () => (performance.now() - this.zero) * 1000

  private readonly send = (frame: Omit<MediaFrame, 'publication'>) => this.uplink?.send({ ...frame, publication: this.publication })

  private on(): number[] {
    return [...[...this.wanted.keys()].flatMap((track) => [track, track + 1]), ...(this.microphone ? [tracks.microphone] : [])]
  }

  private hear() {
    this.sound?.close()
    this.sound = this.microphone && new SoundEncoder(tracks.microphone, this.microphone, this.now, this.send, () => this.hear())
    if (this.sound) this.sound.muted = this.muted
  }

  private async see(track: number, video: MediaStreamTrack) {
    const { width = 640, height = 360 } = video.getSettings()
    const limits = track === tracks.screen ? screen : camera
    const scale = Math.min(1, limits.most / Math.max(width, height))
    const shape = { width: even(width * scale), height: even(height * scale), bitrate: limits.bitrate, framerate: limits.framerate }
    const codec = await findCodec(shape)
    if (!codec) return this.end('media.unsupported-codec')
    if (this.wanted.get(track) !== video || this.ended) return
    this.drop(track)
    const again = () => void this.see(track, video)
    const full = new PictureEncoder(track, codec, shape, this.send, again)
    const small = new PictureEncoder(track + 1, codec, smallOf(shape), this.send, again)
    const picture: Picture = { full, small, shape, last: null, stop: readPictures(video, (frame) => {
      picture.last?.close()
      picture.last = frame.clone()
      this.encode(picture, frame)
    }) }
    this.pictures.set(track, picture)
  }

  private encode(picture: Picture, frame: VideoFrame) {
    const now = this.now()
    if (now < 0 || this.factor === 0) return
    picture.full.encode(frame, now)
    picture.small.encode(frame, now)
  }

  private tend() {
    if (!this.uplink) return
    this.ears.health(this.uplink.adapt())
    // A screen on which nothing moves gives no pictures; who joins wants to see it all the same.
    for (const picture of this.pictures.values()) if (picture.last && picture.full.isDue(this.now() - 200_000)) this.encode(picture, picture.last)
  }

  /** Pictures use this share of their bits from now on. */
  private reshape(factor: number) {
    const returns = this.factor === 0
    this.factor = factor
    if (factor === 0) return
    for (const { full, shape } of this.pictures.values()) {
      const side = factor < 0.5 ? 0.5 : 1
      full.reshape({ ...shape, width: even(shape.width * side), height: even(shape.height * side), bitrate: Math.round(shape.bitrate * factor) })
      if (returns) full.restart()
    }
  }

  private refused(link: PublisherLink, error: unknown) {
    if (this.link !== link || this.ended) return
    const code = codeOf(error)
    if (code === 'hub.fault') return // the connection is gone; `lost` follows
    if (code === 'media.off-air') return this.end(code)
    this.link = null
    void link.close()
    this.lost()
  }

  private lost() {
    this.silence()
    if (this.ended) return
    if (++this.retries > mostRetries) return this.end('hub.unreachable')
    this.ears.state('reconnecting', null)
    setTimeout(() => this.ended || void this.start(), retryEvery)
  }

  private silence() {
    this.uplink = null
    this.zero = Number.POSITIVE_INFINITY
    this.sound?.close()
    this.sound = null
    for (const track of [...this.pictures.keys()]) this.drop(track)
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
