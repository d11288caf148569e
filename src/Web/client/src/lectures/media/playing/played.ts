/** A span of time on the lecture's own clock that was really played, in ms since 1970. */
export interface Piece {
  readonly from: number
  readonly to: number
  readonly as: 'live' | 'recorded'
}

/** How many pieces may wait for the next report at most: as many as one report may hold. */
const most = 50
/** How much further than the clock the player may move between two looks, in ms. A player does not always move as evenly as the clock. */
const slack = 1_500

/**
 * Collects what was really played. It looks at the player's position again and again. A jump of more than `slack` adds nothing, and a
 * player that stands still adds nothing.
 */
export class Played {
  private pieces: Piece[] = []
  private last: { instant: number; as: Piece['as']; at: number } | null = null

  /**
   * @param at The player's position on the lecture's clock, in ms since 1970. Null while nothing plays.
   * @param now The time of this machine's clock, in ms.
   */
  look(at: number | null, as: Piece['as'], now: number) {
    const instant = at === null ? null : Math.round(at) // the hub counts whole milliseconds, and refuses an empty piece
    const before = this.last
    this.last = instant === null ? null : { instant, as, at: now }
    if (!before || instant === null || before.as !== as) return
    const moved = instant - before.instant
    if (moved <= 0 || moved > now - before.at + slack) return
    const open = this.pieces.at(-1)
    if (open && open.as === as && open.to === before.instant) this.pieces[this.pieces.length - 1] = { ...open, to: instant }
    else this.pieces = [...this.pieces, { from: before.instant, to: instant, as }].slice(-most)
  }

  /** Takes the pieces that have not been reported yet. */
  take(): readonly Piece[] {
    const taken = this.pieces
    this.pieces = []
    return taken
  }

  /** Keeps pieces for the next report, because they could not be reported. */
  putBack(pieces: readonly Piece[]) {
    this.pieces = [...pieces, ...this.pieces].slice(-most)
  }
}
