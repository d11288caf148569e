import { isSmall, isSound, type MediaFrame } from '../../wire'
import type { Player, PlayerCallbacks } from '../Player'
import { WallClock } from '../WallClock'
import { Loudspeaker } from './Loudspeaker'
import { SourceTrack } from './SourceTrack'

const tickEvery = 80
/**
 * How far the media elements play behind the clock in a live lecture, in microseconds. This delay grows when the sound has to wait for
 * frames. It becomes smaller after a time without such waits (`calm`, in ms).
 */
const margin = { least: 100_000, first: 200_000, most: 1_000_000, calm: 10_000 } as const

/** If the clock is behind the newest frame by more than this, it jumps to that frame and does not catch up slowly. Microseconds. */
const tooMuch = 1_000_000

class Picture {
  readonly element = document.createElement('video')
  readonly source: SourceTrack

  /** @param track The track that is shown: the full or the small picture. */
  constructor(
    public track: number,
    onFault: (code: string) => void,
  ) {
    this.element.muted = this.element.playsInline = true
    this.source = new SourceTrack(this.element, onFault)
  }

  get drawn() {
    return this.element.getVideoPlaybackQuality().totalVideoFrames
  }
}

class Sound {
  readonly element = document.createElement('audio')
  readonly source: SourceTrack
  readonly loudspeaker: Loudspeaker

  constructor(destination: AudioNode, onFault: (code: string) => void) {
    this.source = new SourceTrack(this.element, onFault)
    this.loudspeaker = new Loudspeaker(this.element, destination)
  }
}

/**
 * Plays one publication by media elements, in browsers without WebCodecs. Each camera, screen and sound has its own element. So if a
 * picture is switched off, stands still or is left out, the other elements are not delayed. All elements follow one clock, a little behind
 * the frames that come. An element corrects a small difference by its playing rate, and a large difference by a jump.
 */
export class SourcePlayer implements Player {
  readonly pictures = new Map<number, Picture>()
  private readonly sounds = new Map<number, Sound>()
  private readonly wall = new WallClock()
  private readonly timer = setInterval(() => this.tick(), tickEvery)
  private behind: number
  private calmSince = performance.now()
  private received = 0
  private from = 0
  private stood = 0
  private held = false

  constructor(
    private readonly live: boolean,
    private readonly destination: AudioNode,
    private readonly callbacks: PlayerCallbacks,
  ) {
    this.behind = live ? margin.first : 0
  }

  push(frame: MediaFrame) {
    const now = performance.now()
    this.received = Math.max(this.received, frame.timestamp)
    if (this.live) {
      this.wall.arrived(frame.timestamp, now)
      if (this.received - this.wall.now(now)! > tooMuch) this.wall.begin(this.received, now)
    } else if (this.received >= this.from) this.wall.hold(this.held, now)
    this.sourceOf(frame)?.push(frame)
  }

  position(): number | null {
    const played = [...this.sources()].filter((source) => source.isPlaying).map((source) => source.element.currentTime * 1e6)
    if (played.length > 0) return (this.stood = Math.max(...played, this.from))
    return this.live ? null : this.stood
  }

  lag(): number {
    const position = this.position()
    return position === null ? 0 : Math.max(0, (this.received - position) / 1000)
  }

  get end() {
    return this.received
  }

  stand() {
    this.wall.hold(true, performance.now())
  }

  gaps() {
    let sum = 0
    for (const { source } of this.pictures.values()) sum += source.gaps
    return sum
  }

  /** Does nothing, because the media elements draw their pictures themselves. */
  draw() {}

  begin(from: number) {
    this.received = this.from = this.stood = from
    this.wall.begin(from, performance.now())
    this.wall.hold(true, performance.now()) // the clock stands still until there is something to show
    for (const source of this.sources()) source.begin()
  }

  hold(held: boolean) {
    this.held = held
    this.wall.hold(held, performance.now())
    this.tick()
  }

  keep(on: readonly number[]) {
    for (const [place, { source }] of this.pictures) {
      if (on.includes(place) || on.includes(place + 1)) continue
      source.close()
      this.pictures.delete(place)
      this.callbacks.changed()
    }
  }

  close() {
    clearInterval(this.timer)
    for (const source of this.sources()) source.close()
    for (const { loudspeaker } of this.sounds.values()) loudspeaker.close()
  }

  private sourceOf(frame: MediaFrame): SourceTrack | null {
    if (isSound(frame.track)) {
      let sound = this.sounds.get(frame.track)
      if (!sound) {
        const begun = (sound = new Sound(this.destination, this.callbacks.fault))
        this.sounds.set(frame.track, begun)
        begun.element.addEventListener('playing', () => this.adapt(begun))
      }
      return sound.source
    }
    const place = isSmall(frame.track) ? frame.track - 1 : frame.track
    let picture = this.pictures.get(place)
    if (!picture) {
      this.pictures.set(place, (picture = new Picture(frame.track, this.callbacks.fault)))
      this.callbacks.changed()
    } else if (picture.track !== frame.track) {
      if (!frame.config) return null // the frame still has the former quality
      picture.track = frame.track
    }
    return picture.source
  }

  private *sources() {
    for (const { source } of this.pictures.values()) yield source
    for (const { source } of this.sounds.values()) yield source
  }

  private tick() {
    const now = performance.now()
    const clock = this.wall.now(now)
    if (clock === null) return
    if (this.live && now - this.calmSince > margin.calm) {
      this.calmSince = now
      this.behind = Math.max(margin.least, this.behind * 0.9)
    }
    const goal = (clock - this.behind) / 1e6
    let level = 0
    for (const { source } of this.pictures.values()) source.follow(goal, this.held)
    for (const { source, loudspeaker } of this.sounds.values()) {
      source.follow(goal, this.held || !loudspeaker.isOn())
      level = Math.max(level, loudspeaker.level())
    }
    this.callbacks.level(level)
  }

  /**
   * Called when the sound starts to play, also after it had to wait for frames. If its delay in a live lecture is longer than `behind`,
   * `behind` grows to this delay, but never above `margin.most`.
   */
  private adapt({ element }: Sound) {
    const clock = this.wall.now(performance.now())
    if (!this.live || clock === null) return
    this.calmSince = performance.now()
    this.behind = Math.min(margin.most, Math.max(this.behind, clock - element.currentTime * 1e6))
  }
}
