import { support } from '../support'
import type { MakePlayer } from './Player'
import { PublicationPlayer } from './PublicationPlayer'

/**
 * Loads the player for this browser: the one that uses the browser's codecs, or else the one that uses its media source. Null if the
 * browser has neither. The code of the second player is loaded only when it is needed.
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
