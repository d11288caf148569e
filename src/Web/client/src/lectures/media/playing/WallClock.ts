/** The clock is set only by frames that came no longer ago than this, in ms. */
const window = 4_000

/**
 * A publication's clock that needs no sound. It is this machine's clock, set back so far that even the most delayed of the recent frames
 * comes in time. Pictures then move evenly.
 */
export class WallClock {
  private arrivals: { at: number; lateness: number }[] = []
  private offset: number | null = null
  private heldAt: number | null = null

  /** Called when a frame has come. Times are in ms, but `timestamp` is in microseconds. */
  arrived(timestamp: number, now: number) {
    this.arrivals.push({ at: now, lateness: now - timestamp / 1000 })
    while (this.arrivals[0] && this.arrivals[0].at < now - window) this.arrivals.shift()
    const latest = Math.max(...this.arrivals.map((a) => a.lateness))
    // The clock goes back at once when frames come later. It goes forward only slowly.
    this.offset = this.offset === null || latest > this.offset ? latest : this.offset + (latest - this.offset) * 0.02
  }

  /** Sets the clock to a position. The clock counts on from there. */
  begin(timestamp: number, now: number) {
    this.arrivals = []
    this.offset = now - timestamp / 1000
    if (this.heldAt !== null) this.heldAt = now // it stays held, at the new position
  }

  hold(held: boolean, now: number) {
    if (held) this.heldAt ??= now
    else if (this.heldAt !== null) {
      if (this.offset !== null) this.offset += now - this.heldAt
      this.heldAt = null
    }
  }

  /** The clock's position, in microseconds. Null before `arrived` or `begin` was called. */
  now(now: number): number | null {
    return this.offset === null ? null : ((this.heldAt ?? now) - this.offset) * 1000
  }
}
