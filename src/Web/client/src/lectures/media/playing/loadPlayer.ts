import { support } from '../support'
import type { MakePlayer } from './Player'
import { PublicationPlayer } from './PublicationPlayer'

/** What plays lectures here: the browser's codecs, else its media source; null where it has neither. Only who needs the second loads it. */
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
