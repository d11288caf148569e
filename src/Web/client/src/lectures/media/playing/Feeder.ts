import { type MediaFrame, readPacket } from '../wire'
import type { MakePlayer, Player, PlayerCallbacks } from './Player'
import { receiptsOf } from './receipts'
import { type RecordedPublication, recordingUrl } from './recording'

/** Frames are handed to the decoders this long before they are due, in ms. */
const ahead = 1_200
/** Decoding begins this long before the sought instant, so that each track has had a keyframe. Microseconds. */
const before = 2_500_000
/**
 * The recording may have times without frames. If such a time is longer than the first value, it is skipped as soon as at most the second
 * value is left to play before it. Microseconds.
 */
const [long, rest] = [5_000_000, 400_000]
/** A player that is this near to the end counts as finished, because clocks do not stop at exactly the end. Microseconds. */
const almost = 60_000
/** A player that stands still for this long will not go on without help, in ms. */
const still = 1_500
const askAgain = 1_000

/** Plays one publication of a recording. It reads each segment a little before it is due. */
export class Feeder {
  readonly player: Player
  private queue: MediaFrame[] = []
  private next = 0
  private fetching = false
  private generation = 0
  private askAfter = 0
  private held = false
  private seen = 0
  private movedAt = performance.now()

  constructor(
    Player: MakePlayer,
    private readonly session: string,
    public recorded: RecordedPublication,
    destination: AudioNode,
    callbacks: PlayerCallbacks,
  ) {
    this.player = new Player(false, destination, { ...callbacks, level: (level) => (callbacks.level(level), this.feed()) })
  }

  /** Plays from an instant on, in ms since 1970. */
  begin(instant: number) {
    const from = (instant - Date.parse(this.recorded.startedAt)) * 1000
    this.generation++
    this.queue = []
    this.fetching = false
    const segments = this.recorded.segments
    const index = segments.findIndex((segment) => segment.to >= from - before)
    this.next = index < 0 ? segments.length : index
    this.seen = from
    this.player.begin(from)
    this.feed()
  }

  /** @param alone Whether no other publication is played. Only if this is true may a time without frames be skipped at once. */
  feed(alone = false) {
    const position = this.player.position() ?? 0
    if (position !== this.seen || this.held) this.movedAt = performance.now()
    this.seen = position
    while (this.queue[0] && this.queue[0].timestamp <= position + ahead * 1000) this.player.push(this.queue.shift()!)
    const next = this.queue[0]
    if (!next && this.next < this.recorded.segments.length && position >= this.player.end) this.player.stand()
    if (next && position >= this.player.end - rest && ((alone && next.timestamp > position + long) || this.standsFor() > still))
      this.player.begin(next.timestamp)
    if (this.queue.length < 60) void this.fetch()
  }

  hold(held: boolean) {
    if (held === this.held) return
    this.held = held
    this.movedAt = performance.now()
    this.player.hold(held)
  }

  get isHeld() {
    return this.held
  }

  /** The instant that is seen and heard now, in ms since 1970. */
  instant(): number {
    return Date.parse(this.recorded.startedAt) + (this.player.position() ?? 0) / 1000
  }

  /** How long the player has stood still although it was not held, in ms. */
  standsFor(): number {
    return performance.now() - this.movedAt
  }

  /** Whether the publication has been played to its end. */
  isOver(): boolean {
    if (this.recorded.onAir || this.queue.length > 0 || this.next < this.recorded.segments.length) return false
    return (this.player.position() ?? 0) >= this.player.end - almost || this.standsFor() > still
  }

  private async fetch() {
    const segment = this.recorded.segments[this.next]
    // While a publication is on air, its last segment still grows and is not read yet. The live picture shows that part.
    if (
      this.fetching ||
      !segment ||
      performance.now() < this.askAfter ||
      (this.recorded.onAir && this.next === this.recorded.segments.length - 1)
    )
      return
    this.fetching = true
    const generation = this.generation
    try {
      const answer = await fetch(`${recordingUrl(this.session)}/${this.recorded.publication}/${segment.number}`)
      if (!answer.ok) throw new Error(`${answer.status}`)
      const frames = readPacket(new Uint8Array(await answer.arrayBuffer()), true)
      const [receipt, began] = [answer.headers.get('Hub-Receipt'), Date.parse(this.recorded.startedAt)]
      if (receipt) receiptsOf(this.session).add(receipt, began + segment.from / 1000, began + segment.to / 1000)
      if (generation !== this.generation) return
      this.next++
      this.queue.push(...frames.sort((a, b) => a.timestamp - b.timestamp))
    } catch {
      this.askAfter = performance.now() + askAgain
    } finally {
      if (generation === this.generation) this.fetching = false
    }
  }
}
