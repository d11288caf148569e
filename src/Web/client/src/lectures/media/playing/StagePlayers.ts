import type { LivePlayer } from './LivePlayer'
import type { ReplayPlayer } from './ReplayPlayer'

interface Players {
  readonly live: LivePlayer | null
  readonly replay: ReplayPlayer | null
}

/** The players that a stage runs at the moment. The stage is drawn again when a player begins, ends or changes. */
export class StagePlayers {
  private players: Players = { live: null, replay: null }
  private readonly callbacks = new Set<() => void>()

  readonly subscribe = (ear: () => void) => {
    this.callbacks.add(ear)
    return () => void this.callbacks.delete(ear)
  }

  readonly now = () => this.players

  /** Called by a player whose picture or state has changed. */
  readonly changed = () => this.put({})

  put(part: Partial<Players>) {
    this.players = { ...this.players, ...part }
    for (const ear of this.callbacks) ear()
  }
}
