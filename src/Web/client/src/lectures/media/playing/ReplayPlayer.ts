import { http } from '../../../api/http'
import { audio } from '../audio'
import { Feeder } from './Feeder'
import { fading } from './level'
import type { Shown } from './LivePlayer'
import type { MakePlayer } from './Player'
import { grows, type RecordedPublication, type Recording, rangeOf, recordingUrl, spanOf } from './recording'
import type { Source } from './ViewerLink'

const tickEvery = 100
/**
 * Publications that were on air at the same time are played at the same time. A publication waits if it is ahead of the slowest one by more
 * than the first value. It plays on when it is ahead by at most the second value. In ms.
 */
const [apart, together] = [250, 50]
/** How long the others wait at most for a player that stands still, in ms. */
const patience = 3_000

/**
 * Plays a lecture's recording from any instant, also while the recording still grows. All publications that were on air at the same time
 * share one clock.
 */
export class ReplayPlayer {
  private readonly feeders = new Map<number, Feeder>()
  private readonly gain: GainNode
  private recording: Recording
  private sought: number
  private paused = false
  private frame = 0
  private readonly timer: ReturnType<typeof setInterval>
  level = 0
  code: string | null = null

  constructor(
    private readonly Player: MakePlayer,
    private readonly session: string,
    recording: Recording,
    instant: number,
    private readonly changed: () => void,
  ) {
    this.recording = recording
    this.sought = instant
    this.gain = audio().context.createGain()
    this.gain.connect(audio().context.destination)
    this.timer = setInterval(() => this.tick(), tickEvery)
    const draw = () => {
      for (const { player } of this.feeders.values()) player.draw()
      this.frame = requestAnimationFrame(draw)
    }
    this.frame = requestAnimationFrame(draw)
    this.tick()
  }

  static load = (session: string) => http.get<Recording>(recordingUrl(session))

  /** Takes over a newer state of the recording, which may have grown. */
  update(recording: Recording) {
    this.recording = recording
    for (const feeder of this.feeders.values())
      feeder.recorded = recording.publications.find((p) => p.publication === feeder.recorded.publication) ?? feeder.recorded
  }

  shown(): Shown[] {
    return [...this.feeders.values()].map(({ recorded, player }) => {
      const pictures = new Map([...player.pictures].map(([track, picture]) => [track, picture.element]))
      const source: Source = {
        publication: recorded.publication,
        person: recorded.person,
        startedAt: recorded.startedAt,
        tracks: [...pictures.keys()],
      }
      return { source, pictures }
    })
  }

  /** The instant that is seen and heard now, in ms since 1970. */
  instant(): number {
    return this.feeders.size === 0 ? this.sought : Math.max(this.clock(), this.sought)
  }

  drawn(): number {
    let sum = 0
    for (const { player } of this.feeders.values()) for (const picture of player.pictures.values()) sum += picture.drawn
    return sum
  }

  /** Whether the recording is paused or has reached its end. */
  get isPaused() {
    return this.paused || this.isOver()
  }

  seek(instant: number) {
    const range = rangeOf(this.recording)
    if (!range) return
    this.sought = Math.min(Math.max(instant, range[0]), range[1])
    for (const feeder of this.feeders.values()) {
      const [from, to] = spanOf(feeder.recorded)
      if (this.sought >= from && this.sought < to) feeder.begin(this.sought)
      else this.drop(feeder)
    }
    this.tick()
    this.changed()
  }

  /** Pauses or plays on. Playing on at the end of the recording starts it again from its beginning. */
  pause(paused: boolean) {
    this.paused = paused
    if (!paused && this.isOver()) this.seek(-Infinity)
    for (const feeder of this.feeders.values()) feeder.hold(paused)
    this.changed()
  }

  setVolume(volume: number) {
    this.gain.gain.value = volume
  }

  close() {
    cancelAnimationFrame(this.frame)
    clearInterval(this.timer)
    for (const feeder of this.feeders.values()) this.drop(feeder)
    this.gain.disconnect()
  }

  private isOver() {
    const range = rangeOf(this.recording)
    return range !== null && this.feeders.size === 0 && this.sought >= range[1] && !grows(this.recording)
  }

  /** The instant of the slowest player, in ms since 1970. A player that has stood still for `patience` counts only if all have. */
  private clock(): number {
    const feeders = [...this.feeders.values()]
    const going = feeders.filter((feeder) => feeder.standsFor() < patience)
    return Math.min(...(going.length > 0 ? going : feeders).map((feeder) => feeder.instant()))
  }

  /** Begins and ends each publication at its time. A time in which nobody was on air is skipped. */
  private tick() {
    const now = this.instant()
    for (const recorded of this.recording.publications) {
      if (recorded.segments.length === 0) continue
      const [from, to] = spanOf(recorded)
      const feeder = this.feeders.get(recorded.publication)
      if (feeder?.isOver()) {
        this.sought = Math.max(this.sought, to)
        this.drop(feeder)
      } else if (feeder) feeder.feed(this.feeders.size === 1)
      else if (now >= from && now < to) this.play(recorded, Math.max(now, from))
    }
    this.keepTogether()
    if (this.feeders.size > 0 || this.paused) return
    const following = Math.min(
      ...this.recording.publications
        .filter((p) => p.segments.length > 0)
        .map((p) => spanOf(p)[0])
        .filter((from) => from > now),
    )
    if (Number.isFinite(following)) this.sought = following
  }

  private play(recorded: RecordedPublication, instant: number) {
    const feeder = new Feeder(this.Player, this.session, recorded, this.gain, {
      changed: this.changed,
      level: (level) => (this.level = fading(this.level, level)),
      fault: (code) => ((this.code = code), this.changed()),
    })
    this.feeders.set(recorded.publication, feeder)
    feeder.begin(instant)
    feeder.hold(this.paused)
    this.changed()
  }

  private keepTogether() {
    const clock = this.clock()
    for (const feeder of this.feeders.values()) {
      const before = feeder.instant() - clock
      if (before < -patience) feeder.begin(clock) // it stood still while the others went on
      feeder.hold(this.paused || before > (feeder.isHeld ? together : apart))
    }
  }

  private drop(feeder: Feeder) {
    this.feeders.delete(feeder.recorded.publication)
    feeder.player.close()
    this.changed()
  }
}
