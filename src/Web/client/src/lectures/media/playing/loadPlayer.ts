import { support } from '../support'
import type { MakePlayer } from './Player'
import { PublicationPlayer } from './PublicationPlayer'

/**
 * Loads the player for this browser: one on the browser's codecs, or else one on its media source. Null if it has neither. The second is
 * loaded only when it is needed.
 */
export async function loadPlayer(): Promise<MakePlayer | null> {
  switch (support.playback()) {
    case 'codecs':
      return PublicationPlayer
    case 'source':
      return (await import('./webm/SourcePlayer')).SourcePlayer
    case null:
      return null
  }
}
