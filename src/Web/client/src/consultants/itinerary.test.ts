import { expect, it } from 'vitest'
import type { Duty } from '../rostering/roster'
import { itineraryOf, mayArrive } from './itinerary'

const duty = (id: string, start: string, end: string, more: Partial<Duty> = {}) =>
  ({ id, start, end, status: 'confirmed', consultants: ['c'], attention: [], ...more }) as unknown as Duty
const now = Date.parse('2026-11-24T06:00:00Z')
const of = (...duties: Duty[]) => itineraryOf(duties, 'c', now, () => 'Asia/Dubai')
const ids = (duties: readonly Duty[]) => duties.map((d) => d.id)

it('knows what is under way and what comes next', () => {
  const found = of(
    duty('later', '2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z'),
    duty('on', '2026-11-24T05:30:00Z', '2026-11-24T06:30:00Z'),
    duty('soon', '2026-11-24T07:00:00Z', '2026-11-24T08:00:00Z'),
  )
  expect(ids(found.now)).toEqual(['on'])
  expect(found.next?.id).toBe('soon')
})

it('keeps on what runs late, and never calls off next', () => {
  const found = of(
    duty('off', '2026-11-24T06:30:00Z', '2026-11-24T07:00:00Z', { status: 'cancelled' }),
    duty('late', '2026-11-24T04:00:00Z', '2026-11-24T05:00:00Z', { status: 'inProgress' }),
  )
  expect(ids(found.now)).toEqual(['late'])
  expect(found.next).toBeUndefined()
  expect(found.days.flatMap((d) => ids(d.duties))).toEqual(['late', 'off'])
})

it('asks about what ended without a word, for a day', () => {
  const found = of(
    duty('unsaid', '2026-11-24T04:00:00Z', '2026-11-24T05:00:00Z'),
    duty('said', '2026-11-24T03:00:00Z', '2026-11-24T04:00:00Z', { status: 'completed' }),
    duty('old', '2026-11-22T03:00:00Z', '2026-11-22T04:00:00Z'),
  )
  expect(ids(found.unsaid)).toEqual(['unsaid'])
})

it('shows what waits for an answer on its day, and not as one’s own', () => {
  const asked = duty('asked', '2026-11-24T07:00:00Z', '2026-11-24T08:00:00Z', {
    consultants: ['other'],
    proposal: { candidate: 'c' } as Duty['proposal'],
  })
  const found = of(asked, duty('another’s', '2026-11-24T07:00:00Z', '2026-11-24T08:00:00Z', { consultants: ['other'] }))
  expect(found.next).toBeUndefined()
  expect(found.days.flatMap((d) => ids(d.duties))).toEqual(['asked'])
})

it('puts a duty on the day that the hospital has, not the one of the reader', () => {
  expect(of(duty('night', '2026-11-24T20:30:00Z', '2026-11-24T21:30:00Z')).days.map((d) => d.date)).toEqual(['2026-11-25'])
})

it('lets people arrive as early as the network says, and not after the end', () => {
  const early = 2 * 3_600_000
  expect(mayArrive(duty('soon', '2026-11-24T08:00:00Z', '2026-11-24T09:00:00Z'), now, early)).toBe(true)
  expect(mayArrive(duty('later', '2026-11-24T08:00:01Z', '2026-11-24T09:00:00Z'), now, early)).toBe(false)
  expect(mayArrive(duty('over', '2026-11-24T05:00:00Z', '2026-11-24T06:00:00Z'), now, early)).toBe(false)
})
