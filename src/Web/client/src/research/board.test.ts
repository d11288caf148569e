import { expect, it } from 'vitest'
import { byStage, inOrder, isLate } from './board'
import type { Item, Milestone } from './wire'

const item = (id: string, more: Partial<Item>) =>
  ({ id, kind: 'jointResearch', stage: 'idea', title: { en: id }, late: 0, nextDue: null, partner: null, specialty: null, ...more }) as Item
const none = { kind: null, partner: null, specialty: null }
const today = '2026-12-01'

it('groups initiatives by stage in the order of the stages, late ones first, then by the next due day', () => {
  const items = [
    item('published', { stage: 'published' }),
    item('none', {}),
    item('later', { nextDue: '2027-01-01' }),
    item('soon', { nextDue: '2026-12-02' }),
    item('told', { nextDue: '2026-12-03', late: 1 }),
  ]
  expect(byStage(items, none, today).map(({ stage, items }) => [stage, items.map(({ id }) => id)])).toEqual([
    ['idea', ['told', 'soon', 'later', 'none']],
    ['published', ['published']],
  ])
})

it('leaves out what the filters do not name', () => {
  const items = [
    item('a', { partner: 'asan' }),
    item('b', { kind: 'researchInnovation', partner: 'asan' }),
    item('c', { specialty: 'eye' }),
  ]
  const shown = (filters: Partial<typeof none>) =>
    byStage(items, { ...none, ...filters }, today).flatMap((group) => group.items.map(({ id }) => id))
  expect(shown({ partner: 'asan' as never })).toEqual(['a', 'b'])
  expect(shown({ partner: 'asan' as never, kind: 'jointResearch' as never })).toEqual(['a'])
  expect(shown({ specialty: 'eye' as never })).toEqual(['c'])
})

it('is late when the due day is over, unless the initiative is closed', () => {
  expect(isLate(item('a', { nextDue: today }), today)).toBe(false)
  expect(isLate(item('a', { nextDue: '2026-11-30' }), today)).toBe(true)
  expect(isLate(item('a', { nextDue: '2026-11-30', stage: 'closed' }), today)).toBe(false)
})

it('puts a milestone behind those that come before it', () => {
  const milestone = (id: string, due: string, ...after: string[]): Milestone =>
    ({ id, name: { en: id }, due, after, record: { part: '', id, subject: '' } }) as never
  const all = [
    milestone('c', '2026-01-02', 'b'),
    milestone('a', '2026-01-01'),
    milestone('b', '2026-01-02'),
    milestone('x', '2026-01-01', 'x'),
  ]
  expect(inOrder(all).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'x'])
})
