import { describe, expect, it } from 'vitest'
import type { Frame, TopicItem } from '../api/schema'
import { Assembly, nothingYet, type Picture } from './topic'

const item = (key: string, version: number) => ({ type: 'engagement', key, version }) as unknown as TopicItem
const frame = (kind: Frame['kind'], position: string, items: TopicItem[], last = true, removed: string[] = []): Frame => ({
  topic: 't',
  kind,
  position,
  items,
  removed,
  last,
  at: '2026-11-23T08:00:00Z',
})

describe('a topic', () => {
  it('shows nothing of a frame until its last part has come', () => {
    const assembly = new Assembly()
    expect(assembly.add(nothingYet, frame('snapshot', 'p1', [item('a', 1)], false))).toBeNull()
    const whole = assembly.add(nothingYet, frame('snapshot', 'p1', [item('b', 2)]))!
    expect([...whole.items.keys()]).toEqual(['a', 'b'])
    expect(whole.position).toBe('p1')
  })

  it('drops all earlier items for a snapshot, and only the removed ones for a delta', () => {
    const assembly = new Assembly()
    const before = assembly.add(nothingYet, frame('snapshot', 'p1', [item('a', 1), item('b', 1)]))!
    const after = assembly.add(before, frame('delta', 'p2', [item('b', 2), item('c', 2)], true, ['a']))!
    expect([...after.items.entries()].map(([key, { version }]) => [key, version])).toEqual([
      ['b', 2],
      ['c', 2],
    ])
    expect([...assembly.add(after, frame('snapshot', 'p3', [item('z', 3)]))!.items.keys()]).toEqual(['z'])
  })

  it('never goes back to an older version', () => {
    const picture: Picture = { items: new Map([['a', item('a', 5)]]), position: 'p', at: null }
    expect(new Assembly().add(picture, frame('delta', 'q', [item('a', 4)]))!.items.get('a')!.version).toBe(5)
  })

  it('forgets the parts of a frame that broke off', () => {
    const assembly = new Assembly()
    assembly.add(nothingYet, frame('snapshot', 'p1', [item('lost', 1)], false))
    assembly.reset()
    expect([...assembly.add(nothingYet, frame('snapshot', 'p1', [item('a', 1)]))!.items.keys()]).toEqual(['a'])
  })

  it('does not mix the parts of one snapshot with those of another', () => {
    const assembly = new Assembly()
    assembly.add(nothingYet, frame('snapshot', 'p1', [item('old', 1)], false))
    assembly.add(nothingYet, frame('snapshot', 'p2', [item('a', 2)], false))
    expect([...assembly.add(nothingYet, frame('snapshot', 'p2', [item('b', 2)]))!.items.keys()]).toEqual(['a', 'b'])
  })

  it('does not change the picture that it was given', () => {
    const before = new Assembly().add(nothingYet, frame('snapshot', 'p1', [item('a', 1)]))!
    new Assembly().add(before, frame('delta', 'p2', [item('a', 2)], true))
    expect(before.items.get('a')!.version).toBe(1)
  })
})
