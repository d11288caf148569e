import type { Frame } from '../api/schema'

/** Returns the frame whose compressed JSON is given as base64 (zlib, RFC 1950). */
export function unpack(packed: string): Promise<Frame> {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0))
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).json() as Promise<Frame>
}
