/** A piece of the lecture's own clock that was really played; ms since 1970. */
export interface Piece {
  readonly from: number
  readonly to: number
  readonly as: 'live' | 'recorded'
}

/** What waits is no more than a report may hold. */
const most = 50
/** What plays does not always move as evenly as the clock that looks at it, ms. */
const slack = 1_500

/** Gathers what was really played from looks at where the player is: a leap is no playing, and what stands still adds nothing. */
export class Played {
  private pieces: Piece[] = []
  private last: { instant: number; as: Piece['as']; at: number } | null = null

  /** @param at where the player is on the lecture's clock; null while nothing plays. @param now this machine's clock. */
  look(at: number | null, as: Piece['as'], now: number) {
    const instant = at === null ? null : Math.round(at) // the hub counts whole milliseconds, and refuses a piece of none
    const before = this.last
    this.last = instant === null ? null : { instant, as, at: now }
    if (!before || instant === null || before.as !== as) return
    const moved = instant - before.instant
    if (moved <= 0 || moved > now - before.at + slack) return
    const open = this.pieces.at(-1)
    if (open && open.as === as && open.to === before.instant) this.pieces[this.pieces.length - 1] = { ...open, to: instant }
    else this.pieces = [...this.pieces, { from: before.instant, to: instant, as }].slice(-most)
  }

  /** What has not been reported yet. */
  take(): readonly Piece[] {
    const taken = this.pieces
    this.pieces = []
    return taken
  }

  /** What could not be reported waits for the next time. */
  putBack(pieces: readonly Piece[]) {
    this.pieces = [...pieces, ...this.pieces].slice(-most)
  }
}
