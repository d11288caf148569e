import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Frame } from '../api/schema'
import { InOrder } from './InOrder'
import { unpack } from './packed'

const frame = (position: string): Frame => ({
  topic: 'board/مستشفى',
  kind: 'delta',
  position,
  items: [],
  removed: [],
  last: true,
  at: '2026-11-23T08:00:00Z',
})
const pack = (value: Frame) => deflateSync(JSON.stringify(value)).toString('base64')

describe('a packed frame', () => {
  it('is the frame that was packed', async () => expect(await unpack(pack(frame('p1')))).toEqual(frame('p1')))

  it('fails if it is broken', async () => {
    await expect(unpack(btoa('no zlib stream'))).rejects.toThrow()
  })

  it('keeps its place among frames that need no unpacking', async () => {
    const seen: string[] = []
    const frames = new InOrder<Frame>(
      ({ position }) => void seen.push(position),
      () => void seen.push('failed'),
    )
    frames.add(frame('p1'))
    expect(seen).toEqual(['p1'])
    frames.add(unpack(pack(frame('p2'))))
    frames.add(frame('p3'))
    frames.add(unpack(btoa('broken')))
    frames.add(frame('p4'))
    await expect.poll(() => seen).toEqual(['p1', 'p2', 'p3', 'failed', 'p4'])
    frames.add(frame('p5'))
    expect(seen.at(-1)).toBe('p5')
  })

  it('is dropped if its connection has ended', async () => {
    const seen: string[] = []
    const frames = new InOrder<Frame>(
      ({ position }) => void seen.push(position),
      () => void seen.push('failed'),
    )
    frames.add(unpack(pack(frame('old'))))
    frames.reset()
    frames.add(frame('new'))
    await expect.poll(() => seen).toEqual(['new'])
  })
})
