/** How late frames come at the most, over the last seconds; what waits longer than that is never needed. */
const window = 4_000

/**
 * The clock of a publication while nothing is heard of it: this machine's own, set back by as much as frames have lately come later than the
 * earliest one, so that pictures flow without a jolt.
 */
export class WallClock {
  private arrivals: { at: number; lateness: number }[] = []
  private offset: number | null = null
  private heldAt: number | null = null

  /** A frame has come. Times in ms; `timestamp` in microseconds. */
  arrived(timestamp: number, now: number) {
    this.arrivals.push({ at: now, lateness: now - timestamp / 1000 })
    while (this.arrivals[0] && this.arrivals[0].at < now - window) this.arrivals.shift()
    const latest = Math.max(...this.arrivals.map((a) => a.lateness))
    // Later at once where frames come later; earlier only little by little.
    this.offset = this.offset === null || latest > this.offset ? latest : this.offset + (latest - this.offset) * 0.02
  }

  /** From now on it counts from an instant. */
  begin(timestamp: number, now: number) {
    this.arrivals = []
    this.offset = now - timestamp / 1000
    if (this.heldAt !== null) this.heldAt = now // stays held, at the new instant
  }

  hold(held: boolean, now: number) {
    if (held) this.heldAt ??= now
    else if (this.heldAt !== null) {
      if (this.offset !== null) this.offset += now - this.heldAt
      this.heldAt = null
    }
  }

  /** Microseconds. */
  now(now: number): number | null {
    return this.offset === null ? null : ((this.heldAt ?? now) - this.offset) * 1000
  }
}
