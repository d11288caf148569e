import type { Piece } from './played'

interface Receipt {
  readonly token: string
  readonly from: number
  readonly to: number
  readonly link: object | null
  readonly since: number
}

/**
 * A live receipt covers what its connection was sent in the `covers` ms before the receipt. So not every receipt has to be kept. For
 * `replaced` ms, each newer receipt of a connection replaces the receipt before it. After that time the last receipt is kept, and the same
 * begins again with the next receipt.
 */
const covers = 300_000
const replaced = 240_000
/** How many receipts one report carries at most, and how many are kept for later reports at most. */
const [most, kept] = [60, 600]

/**
 * The hub's receipts for the media of one lecture that the hub has sent to this page. The hub credits only played time that a receipt
 * covers.
 */
export class Receipts {
  private all: Receipt[] = []

  /** Adds the receipt for a part of the recording. Times are the lecture's, in ms since 1970. */
  add(token: string, from: number, to: number) {
    this.all = [...this.all, { token, from, to, link: null, since: 0 }].slice(-kept)
  }

  /** Adds the receipt for what the hub has sent to a connection until now. */
  addLive(token: string, link: object, now: number) {
    const before = this.all.findLast((r) => r.link === link)
    const since = before && now - before.since < replaced ? before.since : now
    this.all = [
      ...this.all.filter((r) => r !== before || since !== before.since),
      { token, from: now - covers, to: now + covers, link, since },
    ].slice(-kept)
  }

  /** The receipts that concern the pieces that were played. */
  of(pieces: readonly Piece[]): string[] {
    return this.all
      .filter((r) => pieces.some((p) => p.from < r.to && p.to > r.from))
      .map((r) => r.token)
      .slice(-most)
  }
}

const stores = new Map<string, Receipts>()

export function receiptsOf(session: string): Receipts {
  let store = stores.get(session)
  if (!store) stores.set(session, (store = new Receipts()))
  return store
}
