import { support } from '../support'
import type { MakeEncoding } from './Encoding'

/** What encodes here: the browser's codecs, else its recorder; null where it has neither. */
export async function loadEncoding(): Promise<MakeEncoding | null> {
  switch (support.capture()) {
    case 'codecs':
      return (await import('./CodecEncoding')).CodecEncoding
    case 'recorder':
      return (await import('./webm/RecorderEncoding')).RecorderEncoding
    case null:
      return null
  }
}
