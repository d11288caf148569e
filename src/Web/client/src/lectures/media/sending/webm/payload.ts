/** The size of the picture in a VP8 keyframe (RFC 6386, section 9.1). Null if the frame is not a keyframe. */
export function pictureSize(payload: Uint8Array): { width: number; height: number } | null {
  if (payload.length < 10 || (payload[0]! & 1) !== 0 || payload[3] !== 0x9d || payload[4] !== 0x01 || payload[5] !== 0x2a) return null
  return { width: (payload[6]! | (payload[7]! << 8)) & 0x3fff, height: (payload[8]! | (payload[9]! << 8)) & 0x3fff }
}

/** How long the sound in a packet of Opus lasts, in microseconds (RFC 6716, section 3.1). */
export function soundDuration(payload: Uint8Array): number {
  const kind = payload[0]! >> 3
  const frame =
    kind < 12
      ? [10_000, 20_000, 40_000, 60_000][kind & 3]!
      : kind < 16
        ? [10_000, 20_000][kind & 1]!
        : [2_500, 5_000, 10_000, 20_000][kind & 3]!
  const count = [1, 2, 2, (payload[1] ?? 1) & 0x3f][payload[0]! & 3]!
  return frame * count
}
