import type { Frame, TopicItem } from '../api/schema'

/**
 * The known state of a topic: its items by key. `position` says up to where the topic was read; only the server can interpret it. A picture
 * is immutable. Each new frame makes a new one.
 */
export interface Picture {
  readonly items: ReadonlyMap<string, TopicItem>
  readonly position: string | null
  /** When the server last sent a frame, in the server's time. */
  readonly at: string | null
}

export const nothingYet: Picture = { items: new Map(), position: null, at: null }

/**
 * Puts the parts of a frame together. A frame counts only after its last part, so a frame that broke off changes nothing. The next frame
 * begins where the last complete frame ended.
 */
export class Assembly {
  private parts: Frame[] = []

  /** Adds a part of a frame. Returns the next picture if the frame is now complete, or null while parts are missing. */
  add(picture: Picture, frame: Frame): Picture | null {
    // All parts of a frame carry the same position. So parts of an earlier frame that broke off are recognised and dropped.
    if (this.parts[0] && (this.parts[0].kind !== frame.kind || this.parts[0].position !== frame.position)) this.parts = []
    this.parts.push(frame)
    if (!frame.last) return null
    const parts = this.parts
    this.parts = []
    const items = new Map(frame.kind === 'snapshot' ? [] : picture.items)
    for (const part of parts) {
      for (const key of part.removed) items.delete(key)
      for (const item of part.items) {
        const known = items.get(item.key)
        if (!known || known.version <= item.version) items.set(item.key, item)
      }
    }
    return { items, position: frame.position, at: frame.at }
  }

  /** Forgets parts of a frame that broke off. */
  reset() {
    this.parts = []
  }
}
