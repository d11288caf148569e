import { describe, expect, it } from 'vitest'
import { type MediaFrame, readPacket, writePacket } from './wire'
import vectors from './wire.vectors.json'

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
const hex = (data: Uint8Array) => Array.from(data, (b) => b.toString(16).padStart(2, '0')).join('')

const frameOf = (f: (typeof vectors)[number]['frames'][number]): MediaFrame => ({
  ...f,
  payload: bytes(f.payload),
  config: f.config ? { ...f.config, description: f.config.description ? bytes(f.config.description) : null } : null,
})

describe('the wire', () => {
  for (const vector of vectors)
    it(`reads and writes the same bytes as the hub: ${vector.name}`, () => {
      expect(hex(writePacket(vector.frames.map(frameOf)))).toBe(vector.packet)
      expect(readPacket(bytes(vector.packet))).toEqual(vector.frames.map(frameOf))
    })

  it('refuses a packet of another version, and a packet that is cut off unless that is allowed', () => {
    const whole = bytes(vectors[1]!.packet)
    expect(() => readPacket(whole.subarray(0, whole.length - 1))).toThrow('media.torn')
    expect(readPacket(whole.subarray(0, whole.length - 1), true)).toHaveLength(1)
    expect(() => readPacket(bytes('02'))).toThrow('media.bad-version')
    expect(() => readPacket(new Uint8Array())).toThrow('media.bad-version')
  })

  it('refuses values that no frame can have', () => {
    const packet = bytes(vectors[1]!.packet)
    const spoilt = (at: number, value: number) => packet.map((b, i) => (i === at ? value : b))
    expect(() => readPacket(spoilt(1, 0xff))).toThrow('media.bad-frame')
    expect(() => readPacket(spoilt(1, 0))).toThrow('media.bad-config')
    expect(() => readPacket(spoilt(1 + 27, 0xff))).toThrow('media.too-large')
  })
})
