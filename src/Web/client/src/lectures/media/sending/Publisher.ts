import { codeOf } from '../hub'
import { tracks } from '../wire'
import type { Encoded, Encoding, MakeEncoding } from './Encoding'
import { PublisherLink } from './PublisherLink'
import { SoundMix } from './SoundMix'
import { type LineHealth, Uplink } from './Uplink'

export type PublisherState = 'connecting' | 'onAir' | 'reconnecting' | 'ended'

export interface PublisherCallbacks {
  readonly state: (state: PublisherState, code: string | null) => void
  readonly health: (health: LineHealth) => void
}

const retryEvery = 1_500
const mostRetries = 40

/**
 * Sends a speaker's camera, screen and microphone into a lecture until `end` is called or the hub no longer allows it. If the connection is
 * lost, the publisher connects again, at most 40 times in a row. Each connection begins a new publication.
 */
export class Publisher {
  private link: PublisherLink | null = null
  private uplink: Uplink | null = null
  private encoding: Encoding | null = null
  private publication = 0
  private readonly newest = new Map<number, { sequence: number; timestamp: number }>()
  private readonly wanted = new Map<number, MediaStreamTrack>()
  private microphone: MediaStream | null = null
  private screen: MediaStream | null = null
  private mix: SoundMix | null = null
  private muted = false
  private ended = false
  private retries = 0
  private readonly timer: ReturnType<typeof setInterval>

  constructor(
    private readonly Encoding: MakeEncoding,
    private readonly session: string,
    private readonly callbacks: PublisherCallbacks,
  ) {
    this.timer = setInterval(() => this.tend(), 1_000)
  }

  /** Goes on air with the camera, screen and microphone that are on at that time. */
  async start() {
    this.callbacks.state(this.retries === 0 ? 'connecting' : 'reconnecting', null)
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
    const zero = performance.now()
    this.retries = 0
    this.newest.clear()
    const encoding = new this.Encoding({
      now: () => (performance.now() - zero) * 1000,
      send: (frame) => this.encoding === encoding && this.send(frame),
      unable: (code) => this.end(code),
    })
    this.encoding = encoding
    this.uplink = new Uplink(
      link,
      () => encoding.restart(),
      (factor) => encoding.reshape(factor),
      (error) => this.refused(link, error),
    )
    this.hear()
    for (const [track, video] of this.wanted) await encoding.see(track, video)
    if (this.encoding === encoding) this.callbacks.state('onAir', null)
  }

  /** Shows a camera or a screen on its track. Null ends the track's video. */
  async show(track: typeof tracks.camera | typeof tracks.screen, video: MediaStreamTrack | null) {
    if (video) this.wanted.set(track, video)
    else this.wanted.delete(track)
    if (!this.encoding) return
    await this.encoding.see(track, video)
    await this.link?.switch(this.on()).catch(() => undefined)
  }

  listen(microphone: MediaStream | null) {
    this.microphone = microphone
    this.hear()
    void this.link?.switch(this.on()).catch(() => undefined)
  }

  /** Sends the sound of a shown screen together with the microphone. Not every browser provides that sound. */
  listenToScreen(screen: MediaStream | null) {
    const sounds = screen?.getAudioTracks().length ? screen : null
    if (sounds === this.screen) return
    this.screen = sounds
    this.hear()
    void this.link?.switch(this.on()).catch(() => undefined)
  }

  /** Mutes only the microphone. The sound of a shown screen stays. */
  mute(muted: boolean) {
    this.muted = muted
    if (this.mix) this.mix.mute(muted)
    else this.encoding?.mute(muted)
  }

  private hear() {
    this.mix?.close()
    this.mix = this.screen && this.encoding ? new SoundMix(this.microphone, this.screen) : null
    this.mix?.mute(this.muted)
    this.encoding?.mute(!this.mix && this.muted)
    this.encoding?.hear(this.mix?.stream ?? this.microphone)
  }

  /** Goes off air. */
  end(code: string | null = null) {
    if (this.ended) return
    this.ended = true
    clearInterval(this.timer)
    this.silence()
    void this.link?.close()
    this.callbacks.state('ended', code)
  }

  /**
   * Within a publication, the frames of a track are numbered in one sequence, even if the track changes to another camera. The times of the
   * frames never go back.
   */
  private send(frame: Encoded) {
    const before = this.newest.get(frame.track) ?? { sequence: 0, timestamp: -1 }
    const next = { sequence: before.sequence + 1, timestamp: Math.max(Math.round(frame.timestamp), before.timestamp + 1) }
    this.newest.set(frame.track, next)
    this.uplink?.send({ ...frame, ...next, publication: this.publication })
  }

  private on(): number[] {
    return [
      ...[...this.wanted.keys()].flatMap((track) => this.Encoding.tracksOf(track)),
      ...(this.microphone || this.screen ? [tracks.microphone] : []),
    ]
  }

  private tend() {
    if (!this.uplink) return
    this.callbacks.health(this.uplink.adapt())
    this.encoding?.tend()
  }

  private refused(link: PublisherLink, error: unknown) {
    if (this.link !== link || this.ended) return
    const code = codeOf(error)
    if (code === 'hub.fault') return // the connection is gone, so `lost` will be called
    if (code === 'media.off-air' || code === 'lecture.not-allowed') return this.end(code)
    this.link = null
    void link.close()
    this.lost()
  }

  private lost() {
    this.silence()
    if (this.ended) return
    if (++this.retries > mostRetries) return this.end('hub.unreachable')
    this.callbacks.state('reconnecting', null)
    setTimeout(() => this.ended || void this.start(), retryEvery)
  }

  private silence() {
    this.uplink = null
    this.encoding?.close()
    this.encoding = null
    this.mix?.close()
    this.mix = null
  }
}
