import { expect, it } from 'vitest'
import { type Engagement, mayArrive } from '../rostering/roster'
import { itineraryOf } from './itinerary'

const engagement = (id: string, start: string, end: string, more: Partial<Engagement> = {}) =>
  ({ id, start, end, status: 'confirmed', consultants: ['c'], attention: [], ...more }) as unknown as Engagement
const now = Date.parse('2026-11-24T06:00:00Z')
const of = (...engagements: Engagement[]) => itineraryOf(engagements, 'c', now, () => 'Asia/Dubai')
const ids = (engagements: readonly Engagement[]) => engagements.map((d) => d.id)

it('finds the engagements under way and the next one', () => {
  const found = of(
    engagement('later', '2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z'),
    engagement('on', '2026-11-24T05:30:00Z', '2026-11-24T06:30:00Z'),
    engagement('soon', '2026-11-24T07:00:00Z', '2026-11-24T08:00:00Z'),
  )
  expect(ids(found.now)).toEqual(['on'])
  expect(found.next?.id).toBe('soon')
})

it('counts an engagement that runs late as under way, and never takes a cancelled engagement as the next one', () => {
  const found = of(
    engagement('off', '2026-11-24T06:30:00Z', '2026-11-24T07:00:00Z', { status: 'cancelled' }),
    engagement('late', '2026-11-24T04:00:00Z', '2026-11-24T05:00:00Z', { status: 'inProgress' }),
  )
  expect(ids(found.now)).toEqual(['late'])
  expect(found.next).toBeUndefined()
  expect(found.days.flatMap((d) => ids(d.engagements))).toEqual(['late', 'off'])
})

it('asks about engagements that ended within the last day and have no reported outcome', () => {
  const found = of(
    engagement('unsaid', '2026-11-24T04:00:00Z', '2026-11-24T05:00:00Z'),
    engagement('said', '2026-11-24T03:00:00Z', '2026-11-24T04:00:00Z', { status: 'completed' }),
    engagement('old', '2026-11-22T03:00:00Z', '2026-11-22T04:00:00Z'),
  )
  expect(ids(found.unsaid)).toEqual(['unsaid'])
})

it('shows an engagement that waits for the consultant’s answer on its day, and not as the next engagement', () => {
  const asked = engagement('asked', '2026-11-24T07:00:00Z', '2026-11-24T08:00:00Z', {
    consultants: ['other'],
    proposal: { candidate: 'c' } as Engagement['proposal'],
  })
  const found = of(asked, engagement('another’s', '2026-11-24T07:00:00Z', '2026-11-24T08:00:00Z', { consultants: ['other'] }))
  expect(found.next).toBeUndefined()
  expect(found.days.flatMap((d) => ids(d.engagements))).toEqual(['asked'])
})

it('puts an engagement on its day in the hospital’s time zone, not in the reader’s', () => {
  expect(of(engagement('night', '2026-11-24T20:30:00Z', '2026-11-24T21:30:00Z')).days.map((d) => d.date)).toEqual(['2026-11-25'])
})

it('lets people report their arrival as early as the network allows, and not after the end', () => {
  const early = 2 * 3_600_000
  expect(mayArrive(engagement('soon', '2026-11-24T08:00:00Z', '2026-11-24T09:00:00Z'), now, early)).toBe(true)
  expect(mayArrive(engagement('later', '2026-11-24T08:00:01Z', '2026-11-24T09:00:00Z'), now, early)).toBe(false)
  expect(mayArrive(engagement('over', '2026-11-24T05:00:00Z', '2026-11-24T06:00:00Z'), now, early)).toBe(false)
})
