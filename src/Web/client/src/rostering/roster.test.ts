import { expect, it } from 'vitest'
import type { NetworkNames } from '../networks/useNetwork'
import { axisOf, hoursOf, xOf } from './axis'
import { answerMargin, type Engagement, lookOf, weekOfEngagement } from './roster'
import { type BoardView, matches, type Only } from './view'

const engagement = (more: Partial<Engagement> = {}) =>
  ({
    id: 'e-1',
    title: 'Clinic',
    hospital: 'h',
    start: '2026-11-24T06:00:00Z',
    end: '2026-11-24T07:00:00Z',
    status: 'planned',
    consultants: [],
    attention: [],
    ...more,
  }) as unknown as Engagement
const proposal = { candidate: 'c-1', ladder: [] } as unknown as Engagement['proposal']
const names = { hospitalName: () => 'H', roomName: () => '', personName: (id: string) => id } as unknown as NetworkNames
const view = (only: Only): BoardView => ({
  by: 'rooms',
  span: 'day',
  date: '2026-11-24',
  hospital: null,
  specialty: null,
  kind: null,
  status: null,
  only,
  text: '',
  narrows: false,
})
const shows = (only: Only, of: Engagement) => matches(of, view(only), 'Asia/Dubai', names)

it('shows an engagement as pending while it is only proposed, and the filter finds it', () => {
  const offered = engagement({ attention: ['noConsultant'], proposal })
  expect(lookOf(offered)).toBe('pending')
  expect([shows('pending', offered), shows('attention', offered)]).toEqual([true, false])
})

it('shows that an engagement needs attention if nobody is asked, or if something other than the missing consultant is wrong', () => {
  const nobody = engagement({ attention: ['noConsultant'] })
  expect([lookOf(nobody), shows('attention', nobody), shows('pending', nobody)]).toEqual(['attention', true, false])
  const closed = engagement({ attention: ['noConsultant', 'hospitalClosed'], proposal })
  expect([lookOf(closed), shows('attention', closed), shows('pending', closed)]).toEqual(['attention', true, true])
})

it('shows on Monday, from midnight on, an engagement that began on Sunday, and sends its commands to Sunday’s week', () => {
  const late = engagement({ start: '2026-11-22T19:30:00Z', end: '2026-11-22T21:30:00Z' })
  expect(matches(late, { ...view('all'), date: '2026-11-23' }, 'Asia/Dubai', names)).toBe(true)
  expect(hoursOf([late], 'Asia/Dubai', '2026-11-23')).toEqual({ from: 0, to: 18 })
  expect(hoursOf([late], 'Asia/Dubai', '2026-11-22')).toEqual({ from: 7, to: 24 })
  const monday = axisOf('2026-11-23', 1, 'Asia/Dubai', { from: 0, to: 18 }, 1800, 60)
  expect([xOf(late.start, monday), xOf(late.end, monday)]).toEqual([0, 150])
  expect(weekOfEngagement(late, 'Asia/Dubai')).toBe('2026-W47')
})

it('draws an engagement that ends at midnight on one day only', () => {
  expect(hoursOf([engagement({ start: '2026-11-24T18:00:00Z', end: '2026-11-24T20:00:00Z' })], 'Asia/Dubai', '2026-11-24')).toEqual({
    from: 7,
    to: 24,
  })
})

it('reads how long before the start an answer is due', () => {
  expect(answerMargin({ answerMargin: '00:45:00' } as never)).toBe(45 * 60_000)
  expect(answerMargin({ answerMargin: '1.02:00:00' } as never)).toBe(26 * 3_600_000)
  expect(answerMargin(undefined)).toBe(30 * 60_000)
})
