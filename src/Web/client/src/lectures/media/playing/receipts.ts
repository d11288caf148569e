import type { Piece } from './played'

interface Receipt {
  readonly token: string
  readonly from: number
  readonly to: number
  readonly link: object | null
  readonly since: number
}

/** A connection's receipt reaches back five minutes. A newer one replaces it before that time is over, in ms. */
const covers = 300_000
const replaced = 240_000
/** The number that the hub takes at once, and the number that is kept for later reports. */
const [most, kept] = [60, 600]

/** The hub's receipts for the media that it has sent of one lecture. A report of what was played counts only together with them. */
export class Receipts {
  private all: Receipt[] = []

  /** For a part of the recording. Times are the lecture's, in ms since 1970. */
  add(token: string, from: number, to: number) {
    this.all = [...this.all, { token, from, to, link: null, since: 0 }].slice(-kept)
  }

  /** For everything that a connection was sent until now. */
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
