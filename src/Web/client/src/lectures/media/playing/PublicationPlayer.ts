import { isSmall, isSound, type MediaFrame } from '../wire'
import { PictureTrack } from './PictureTrack'
import type { Player, PlayerCallbacks } from './Player'
import { SoundTrack } from './SoundTrack'
import { WallClock } from './WallClock'

/**
 * A live picture may appear this long before its sound, in microseconds. Nobody notices the difference, and the picture is less old (ITU-R
 * BT.1359: people notice sound that is 125 ms late).
 */
const lead = 125_000

/** If less sound than this is left to play, the audio device does not begin to play it until more sound comes. Microseconds. */
const tooShort = 300_000

/** Plays one publication. Its sound is the clock, and pictures follow it. Small and full pictures of one camera share a canvas. */
export class PublicationPlayer implements Player {
  readonly pictures = new Map<number, PictureTrack>()
  private readonly sounds = new Map<number, SoundTrack>()
  private readonly wall = new WallClock()
  private readonly playing = new Map<number, number>() // the track, full or small, that each canvas shows
  private received = 0
  private sounding = -1 // sound has been pushed up to this position
  private from = 0
  private stood = 0
  private held = false

  /** @param live False for a recording, which is played at its own pace and does not catch up. */
  constructor(
    private readonly live: boolean,
    private readonly destination: AudioNode,
    private readonly callbacks: PlayerCallbacks,
  ) {}

  push(frame: MediaFrame) {
    this.received = Math.max(this.received, frame.timestamp)
    if (!this.live && this.received >= this.from) this.wall.hold(this.held, performance.now())
    if (isSound(frame.track)) {
      let sound = this.sounds.get(frame.track)
      if (!sound) {
        sound = new SoundTrack(
          this.live ? null : () => this.position() ?? 0,
          this.destination,
          ({ level }) => (this.callbacks.level(level), this.draw()),
          this.callbacks.fault,
        )
        this.sounds.set(frame.track, sound)
        if (this.held) sound.hold(true)
      }
      sound.push(frame)
      if (frame.timestamp >= this.from) this.sounding = Math.max(this.sounding, frame.timestamp)
      if (this.live) this.wall.arrived(frame.timestamp, performance.now())
      return
    }
    if (this.live) this.wall.arrived(frame.timestamp, performance.now())
    const place = isSmall(frame.track) ? frame.track - 1 : frame.track
    let picture = this.pictures.get(place)
    if (!picture || this.playing.get(place) !== frame.track) {
      if (picture && !frame.config) return // the frame still has the former quality
      const canvas = picture?.element ?? document.createElement('canvas')
      picture?.close()
      this.pictures.set(place, (picture = new PictureTrack(canvas, this.live, this.callbacks.fault)))
      this.playing.set(place, frame.track)
      this.callbacks.changed()
    }
    picture.push(frame)
  }

  /** The position that is seen and heard now, in microseconds. Null before the first frame of a live publication. */
  position(): number | null {
    for (const sound of this.sounds.values()) {
      const clock = sound.clock()
      if (clock === null) continue
      if (!this.live) this.wall.begin(clock, performance.now())
      return (this.stood = clock)
    }
    if (this.live) return this.wall.now(performance.now())
    // If sound of a recording is still to be played, the pictures wait for it. Otherwise they go on without sound.
    if (this.hears() && this.sounding > this.stood + tooShort) {
      this.wall.begin(this.stood, performance.now())
      return this.stood
    }
    return (this.stood = this.wall.now(performance.now()) ?? this.stood)
  }

  private hears = () => this.destination.context.state === 'running'

  /** How far the player is behind the newest frame, in ms. */
  lag(): number {
    const position = this.position()
    return position === null ? 0 : Math.max(0, (this.received - position) / 1000)
  }

  /** The position up to which frames have been pushed, in microseconds. */
  get end() {
    return this.received
  }

  gaps() {
    let sum = 0
    for (const picture of this.pictures.values()) sum += picture.gaps
    return sum
  }

  draw() {
    const position = this.position()
    if (position === null) return
    for (const picture of this.pictures.values()) picture.draw(this.live ? position + lead : position)
  }

  /** Plays from a position on. Earlier frames are not shown or heard, but the decoders need them. */
  begin(from: number) {
    this.received = this.from = this.stood = from
    this.sounding = -1
    this.wall.begin(from, performance.now())
    this.wall.hold(true, performance.now()) // the clock stands still until there is something to show
    for (const picture of this.pictures.values()) picture.begin()
    for (const sound of this.sounds.values()) sound.begin(from)
  }

  stand() {
    this.wall.hold(true, performance.now())
  }

  hold(held: boolean) {
    this.held = held
    this.wall.hold(held, performance.now())
    for (const sound of this.sounds.values()) sound.hold(held)
  }

  /**
   * Removes pictures that are switched off.
   * @param on The tracks that are on.
   */
  keep(on: readonly number[]) {
    for (const [place, picture] of this.pictures) {
      if (on.includes(place) || on.includes(place + 1)) continue
      picture.close()
      this.pictures.delete(place)
      this.playing.delete(place)
      this.callbacks.changed()
    }
  }

  close() {
    for (const picture of this.pictures.values()) picture.close()
    for (const sound of this.sounds.values()) sound.close()
  }
}
