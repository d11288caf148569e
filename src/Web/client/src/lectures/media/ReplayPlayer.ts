import { http } from '../../api/http'
import type { MakePlayer, Player } from './engines'
import type { Source } from './lectureHub'
import type { Shown } from './LivePlayer'
import { audio, fading } from './sound'
import { type MediaFrame, readPacket } from './wire'

export interface RecordedSegment { readonly number: number; readonly from: number; readonly to: number; readonly bytes: number; readonly tracks: readonly number[] }
export interface RecordedPublication { readonly publication: number; readonly person: string; readonly startedAt: string; readonly onAir: boolean; readonly segments: readonly RecordedSegment[] }
export interface Recording { readonly session: string; readonly from: string | null; readonly publications: readonly RecordedPublication[] }

export const recordingUrl = (session: string) => `/api/lectures/${session}/recording`

/** Frames are handed to the decoders this long before they are due, ms. */
const ahead = 1_200
/** Decoding begins this long before an instant that was sought, so that every track has had a keyframe. Microseconds. */
const before = 2_500_000
/** A time without anything that is longer is leapt over, once no more than the rest of what came before is left. Microseconds. */
const [long, rest] = [5_000_000, 400_000]
const tickEvery = 100

/** When a publication begins and ends, ms since 1970. */
export const spanOf = (p: RecordedPublication): [number, number] =>
  [Date.parse(p.startedAt) + (p.segments[0]?.from ?? 0) / 1000, Date.parse(p.startedAt) + (p.segments.at(-1)?.to ?? 0) / 1000]

/** From the first recorded instant to the last; null where there is none. */
export function rangeOf(recording: Recording | undefined): [number, number] | null {
  const spans = (recording?.publications ?? []).filter((p) => p.segments.length > 0).map(spanOf)
  return spans.length === 0 ? null : [Math.min(...spans.map(([from]) => from)), Math.max(...spans.map(([, to]) => to))]
}

class Feeder {
  readonly player: Player
  private queue: MediaFrame[] = []
  private next = 0
  private fetching = false
  private generation = 0

  constructor(Player: MakePlayer, private readonly session: string, public recorded: RecordedPublication, destination: AudioNode, changed: () => void, onLevel: (level: number) => void, onFault: (code: string) => void) {
    this.player = new Player(false, destination, { changed, level: (level) => (onLevel(level), this.feed()), fault: onFault })
  }

  begin(instant: number) {
    const from = (instant - Date.parse(this.recorded.startedAt)) * 1000
    this.generation++
    this.queue = []
    this.fetching = false
    const segments = this.recorded.segments
    const index = segments.findIndex((segment) => segment.to >= from - before)
    this.next = index < 0 ? segments.length : index
    this.player.begin(from)
    this.feed()
  }

  feed() {
    const position = this.player.position() ?? 0
    while (this.queue[0] && this.queue[0].timestamp <= position + ahead * 1000) this.player.push(this.queue.shift()!)
    const next = this.queue[0]
    if (!next && this.next < this.recorded.segments.length && position >= this.player.end) this.player.stand()
    if (next && next.timestamp > position + long && position >= this.player.end - rest) this.player.begin(next.timestamp)
    if (this.queue.length < 60) void this.fetch()
  }

  instant(): number {
    return Date.parse(this.recorded.startedAt) + (this.player.position() ?? 0) / 1000
  }

  private async fetch() {
    const segment = this.recorded.segments[this.next]
    // One that still grows is read when it is complete: the end of what is live is for the live picture.
    if (this.fetching || !segment || (this.recorded.onAir && this.next === this.recorded.segments.length - 1)) return
    this.fetching = true
    const generation = this.generation
    try {
      const answer = await fetch(`${recordingUrl(this.session)}/${this.recorded.publication}/${segment.number}`)
      if (!answer.ok) return
      const frames = readPacket(new Uint8Array(await answer.arrayBuffer()), true)
      if (generation !== this.generation) return
      this.next++
      this.queue.push(...frames.sort((a, b) => a.timestamp - b.timestamp))
    } catch {
      // Asked again in a moment.
    } finally {
      if (generation === this.generation) this.fetching = false
    }
  }
}

/** Plays a lecture's recording from any instant, also while it is still growing. */
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

  constructor(private readonly Player: MakePlayer, private readonly session: string, recording: Recording, instant: number, private readonly changed: () => void) {
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

  /** It may have grown. */
  update(recording: Recording) {
    this.recording = recording
    for (const feeder of this.feeders.values()) feeder.recorded = recording.publications.find((p) => p.publication === feeder.recorded.publication) ?? feeder.recorded
  }

  shown(): Shown[] {
    return [...this.feeders.values()].map(({ recorded, player }) => {
      const pictures = new Map([...player.pictures].map(([track, picture]) => [track, picture.element]))
      const source: Source = { publication: recorded.publication, person: recorded.person, startedAt: recorded.startedAt, tracks: [...pictures.keys()] }
      return { source, pictures }
    })
  }

  /** What is seen and heard now, ms since 1970. */
  instant(): number {
    for (const feeder of this.feeders.values()) return Math.max(feeder.instant(), this.sought)
    return this.sought
  }

  drawn(): number {
    let sum = 0
    for (const { player } of this.feeders.values()) for (const picture of player.pictures.values()) sum += picture.drawn
    return sum
  }

  get isPaused() {
    return this.paused
  }

  seek(instant: number) {
    const range = rangeOf(this.recording)
    if (!range) return
    const wanted = Math.min(Math.max(instant, range[0]), range[1])
    for (const [publication, feeder] of this.feeders) {
      const [from, to] = spanOf(feeder.recorded)
      if (wanted >= from && wanted < to) feeder.begin(wanted)
      else this.drop(publication)
    }
    this.sought = wanted // also where it lies before what was dropped
    this.tick()
    this.changed()
  }

  pause(paused: boolean) {
    this.paused = paused
    for (const { player } of this.feeders.values()) player.hold(paused)
    this.changed()
  }

  setVolume(volume: number) {
    this.gain.gain.value = volume
  }

  close() {
    cancelAnimationFrame(this.frame)
    clearInterval(this.timer)
    for (const publication of [...this.feeders.keys()]) this.drop(publication)
    this.gain.disconnect()
  }

  /** Begins and ends publications as their time comes, and leaps over the time in which there was none. */
  private tick() {
    const now = this.instant()
    for (const recorded of this.recording.publications) {
      if (recorded.segments.length === 0) continue
      const [from, to] = spanOf(recorded)
      const feeder = this.feeders.get(recorded.publication)
      if (feeder && now > to + 500 && !recorded.onAir) this.drop(recorded.publication)
      else if (feeder) feeder.feed()
      else if (now >= from && now < to) {
        const begun = new Feeder(this.Player, this.session, recorded, this.gain, this.changed, (level) => (this.level = fading(this.level, level)), (code) => ((this.code = code), this.changed()))
        this.feeders.set(recorded.publication, begun)
        begun.begin(Math.max(now, from))
        begun.player.hold(this.paused)
        this.changed()
      }
    }
    if (this.feeders.size > 0 || this.paused) return
    const following = Math.min(...this.recording.publications.filter((p) => p.segments.length > 0).map((p) => spanOf(p)[0]).filter((from) => from > now))
    if (Number.isFinite(following)) this.sought = following
  }

  private drop(publication: number) {
    const feeder = this.feeders.get(publication)
    if (!feeder) return
    this.sought = Math.max(this.sought, feeder.instant())
    this.feeders.delete(publication)
    feeder.player.close()
    this.changed()
  }
}
