import type { Frame, TopicItem } from '../api/schema'

/** The known state of a topic: its items by key, at a position that the server understands. It is replaced and never changed. */
export interface Picture {
  readonly items: ReadonlyMap<string, TopicItem>
  readonly position: string | null
  /** When the server last sent a frame, in the server's time. */
  readonly at: string | null
}

export const nothingYet: Picture = { items: new Map(), position: null, at: null }

/**
 * Puts the parts of a frame together. A frame's position counts only after its last part, so nothing appears from a frame that broke off.
 * The next frame begins where the last whole one ended.
 */
export class Assembly {
  private parts: Frame[] = []

  /** The next picture once a frame is whole. Null while parts are missing. */
  add(picture: Picture, frame: Frame): Picture | null {
    // Parts of one frame carry one position, so parts of an earlier frame that was abandoned are not mixed in.
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
