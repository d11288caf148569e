/** The elements of WebM that are read or written here (RFC 9559, section 5). */
export const ids = {
  header: 0x1a45dfa3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  audio: 0xe1,
  samplingFrequency: 0xb5,
  channels: 0x9f,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  blockDuration: 0x9b,
  referenceBlock: 0xfb,
} as const

/**
 * The head of an element, which comes before the content. `head` is the head's own size in bytes. `size` is the content's size in bytes,
 * and infinite if the writer did not know it.
 */
export interface ElementHead {
  readonly id: number
  readonly size: number
  readonly head: number
}

/**
 * Reads the head of the element at a place in the bytes. Null if the head has not arrived completely. Throws if there is no element at that
 * place.
 */
export function readHead(bytes: Uint8Array, at: number): ElementHead | null {
  const idLength = lengthOf(bytes[at], 4)
  const sizeLength = idLength === null ? null : lengthOf(bytes[at + idLength], 8)
  if (idLength === null || sizeLength === null || at + idLength + sizeLength > bytes.length) return null
  let id = 0
  for (let i = 0; i < idLength; i++) id = id * 256 + bytes[at + i]!
  let size = bytes[at + idLength]! & ((1 << (8 - sizeLength)) - 1)
  let isUnknown = size === (1 << (8 - sizeLength)) - 1
  for (let i = 1; i < sizeLength; i++) {
    const byte = bytes[at + idLength + i]!
    isUnknown &&= byte === 0xff
    size = size * 256 + byte
  }
  return { id, size: isUnknown ? Infinity : size, head: idLength + sizeLength }
}

/** The elements inside the content of a complete element. Throws if one of them is cut off. */
export function* elementsIn(bytes: Uint8Array): Generator<{ id: number; content: Uint8Array }> {
  for (let at = 0; at < bytes.length;) {
    const element = readHead(bytes, at)
    if (!element || at + element.head + element.size > bytes.length) throw new Error('media.torn')
    yield { id: element.id, content: bytes.subarray(at + element.head, at + element.head + element.size) }
    at += element.head + element.size
  }
}

export const readUint = (content: Uint8Array) => content.reduce((value, byte) => value * 256 + byte, 0)
export const readText = (content: Uint8Array) => String.fromCharCode(...content).replace(/\0.*$/, '')
export const readFloat = (content: Uint8Array) => {
  const view = new DataView(content.buffer, content.byteOffset, content.length)
  return content.length === 8 ? view.getFloat64(0) : content.length === 4 ? view.getFloat32(0) : 0
}

/** Writes an element. Its head has the size of the content. */
export function element(id: number, ...content: readonly Uint8Array[]): Uint8Array {
  const size = content.reduce((sum, part) => sum + part.length, 0)
  return joined([uint(id), sizeOf(size), ...content])
}

/** Writes the head of an element whose end is not known yet. */
export const openElement = (id: number) => joined([uint(id), Uint8Array.of(0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)])

/** Writes a whole number in as few bytes as possible. */
export function uint(value: number): Uint8Array {
  const bytes: number[] = []
  do {
    bytes.unshift(value % 256)
    value = Math.floor(value / 256)
  } while (value > 0)
  return Uint8Array.from(bytes)
}

export const text = (value: string) => new TextEncoder().encode(value)

export function float(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value)
  return bytes
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** How many bytes a number of variable length has, by its first byte. Null if that byte has not arrived. */
function lengthOf(first: number | undefined, most: number): number | null {
  if (first === undefined) return null
  const length = Math.clz32(first) - 23
  if (length > most) throw new Error('media.bad-webm')
  return length
}

/** Writes the size of an element. Four bytes are enough for every size here, because a cluster has only the frames of a short time. */
const sizeOf = (size: number) =>
  size < 0x7f ? Uint8Array.of(0x80 | size) : Uint8Array.of(0x10 | (size >>> 24), (size >>> 16) & 0xff, (size >>> 8) & 0xff, size & 0xff)
