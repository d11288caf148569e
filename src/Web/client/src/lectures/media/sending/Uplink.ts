import { isSound, type MediaFrame, writePacket } from '../wire'
import type { PublisherLink } from './PublisherLink'

/** The state of the line to the hub: `roundTrip` in ms, `bitrate` in bits a second. */
export interface LineHealth {
  readonly state: 'good' | 'weak' | 'poor'
  readonly roundTrip: number
  readonly bitrate: number
}

const window = 3_000
const congested = 700
const hopeless = 2_500
const lowest = 0.2
const calmBefore = 8_000

/**
 * Sends frames as they come and watches how long the hub takes to answer. If the line is too slow for the frames, pictures are left out
 * until the next keyframe and get fewer bits. If this is not enough, pictures stop. Sound goes on.
 */
export class Uplink {
  private waiting: MediaFrame[] = []
  private readonly underWay = new Set<number>()
  private readonly answers: { at: number; took: number; bytes: number }[] = []
  private scheduled = false
  private factor = 1
  private changedAt = 0
  /** Tracks that have lost a frame and wait for their next keyframe. Each track goes on with its own keyframe. */
  private readonly skipping = new Set<number>()

  /**
   * @param onSkip Called when pictures were left out, so that the encoders begin again with a keyframe.
   * @param onFactor Called with the share of their bitrate that pictures of full quality may use from now on. 0 means sound only.
   */
  constructor(
    private readonly link: PublisherLink,
    private readonly onSkip: () => void,
    private readonly onFactor: (factor: number) => void,
    private readonly onRefused: (error: unknown) => void,
  ) {}

  send(frame: MediaFrame) {
    const late = this.oldest() > congested
    if (!isSound(frame.track)) {
      if (late || this.factor === 0) {
        if (this.skipping.size === 0) this.onSkip()
        this.skipping.add(frame.track)
        return
      }
      if (this.skipping.has(frame.track) && !frame.config) return
      this.skipping.delete(frame.track)
    }
    this.waiting.push(frame)
    if (this.scheduled) return
    this.scheduled = true
    queueMicrotask(() => void this.flush())
  }

  /** Called every second. */
  adapt(): LineHealth {
    const now = performance.now()
    while (this.answers[0] && this.answers[0].at < now - window) this.answers.shift()
    const oldest = this.oldest()
    const took = Math.max(oldest, ...this.answers.slice(-20).map((a) => a.took), 0)
    if (took > congested && now - this.changedAt > 1_500)
      this.take(took > hopeless || this.factor <= lowest ? 0 : Math.max(lowest, this.factor * 0.6), now)
    else if (took < congested / 3 && this.factor < 1 && now - this.changedAt > calmBefore)
      this.take(this.factor === 0 ? lowest : Math.min(1, this.factor * 1.3), now)
    const roundTrip = this.answers.length ? this.answers.reduce((sum, a) => sum + a.took, 0) / this.answers.length : oldest
    const bitrate = (this.answers.reduce((sum, a) => sum + a.bytes, 0) * 8_000) / window
    return {
      state: this.factor === 0 || took > congested ? 'poor' : this.factor < 1 || took > congested / 3 ? 'weak' : 'good',
      roundTrip,
      bitrate,
    }
  }

  private async flush() {
    this.scheduled = false
    const packet = writePacket(this.waiting)
    this.waiting = []
    const began = performance.now()
    this.underWay.add(began)
    try {
      await this.link.upload(packet)
      this.answers.push({ at: performance.now(), took: performance.now() - began, bytes: packet.length })
    } catch (error) {
      this.onRefused(error)
    } finally {
      this.underWay.delete(began)
    }
  }

  /** How long the oldest packet has waited for its answer, in ms. */
  private oldest() {
    for (const began of this.underWay) return performance.now() - began
    return 0
  }

  private take(factor: number, now: number) {
    if (factor === this.factor) return
    this.factor = factor
    this.changedAt = now
    this.onFactor(factor)
  }
}
