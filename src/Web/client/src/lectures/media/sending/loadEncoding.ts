import { support } from '../support'
import type { MakeEncoding } from './Encoding'

/** Loads the encoder for this browser: its codecs, or else its recorder. Null if it has neither. */
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
