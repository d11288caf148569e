import { describe, expect, test } from 'vitest'
import type { Hospital } from '../api/schema'
import { axisOf } from './axis'
import { shutOf } from './shut'

// Friday 27 November 2026, from 7 to 18 in Dubai, 10 pixels an hour.
const friday = axisOf('2026-11-27', 1, 'Asia/Dubai', { from: 7, to: 18 }, 0, 10)
const hospital = (more: Partial<Hospital>) => ({ timeZone: 'Asia/Dubai', hours: [], closures: [], ...more }) as unknown as Hospital

const drawn = (...of: Parameters<typeof shutOf>) => shutOf(...of).map(({ left, width, why }) => ({ left, width, why }))

describe('a row shows', () => {
  test('the time outside working hours', () => {
    expect(
      drawn(hospital({ hours: [{ day: 'friday', opens: '08:00:00', closes: '12:00:00' }] as Hospital['hours'] }), 'clinic-1', friday),
    ).toEqual([
      { left: 0, width: 10, why: 'outsideHours' },
      { left: 50, width: 60, why: 'outsideHours' },
    ])
  })
  test('working hours in the zone of the hospital, when the board shows another zone', () => {
    const hours = [{ day: 'friday', opens: '16:00:00', closes: '19:00:00' }] as Hospital['hours']
    expect(drawn(hospital({ timeZone: 'Asia/Seoul', hours }), 'clinic-1', friday)).toEqual([
      { left: 0, width: 40, why: 'outsideHours' },
      { left: 70, width: 40, why: 'outsideHours' },
    ])
  })
  test('a whole day off, and nothing if a hospital has no hours', () => {
    expect(
      drawn(hospital({ hours: [{ day: 'monday', opens: '08:00:00', closes: '17:00:00' }] as Hospital['hours'] }), 'clinic-1', friday),
    ).toEqual([{ left: 0, width: 110, why: 'outsideHours' }])
    expect(drawn(hospital({}), 'clinic-1', friday)).toEqual([])
  })
  test('an evening and the next morning as one stretch', () => {
    const weekend = axisOf('2026-11-27', 2, 'Asia/Dubai', { from: 7, to: 18 }, 0, 10)
    const hours = ['friday', 'saturday'].map((day) => ({ day, opens: '08:00:00', closes: '12:00:00' })) as Hospital['hours']
    const places = (of: Hospital['hours']) => drawn(hospital({ hours: of }), 'clinic-1', weekend).map(({ left, width }) => [left, width])
    expect(places(hours)).toEqual([
      [0, 10],
      [50, 70],
      [160, 60],
    ])
    expect(places([hours[0]!])).toEqual([
      [0, 10],
      [50, 170],
    ])
  })
  test('hours with dates, such as those of Ramadan, instead of the usual ones', () => {
    const hours = [
      { day: 'friday', opens: '09:00:00', closes: '18:00:00', from: '2026-11-20', until: '2026-12-18' },
      { day: 'friday', opens: '07:00:00', closes: '12:00:00' },
    ] as Hospital['hours']
    expect(drawn(hospital({ hours }), 'clinic-1', friday)).toEqual([{ left: 0, width: 20, why: 'outsideHours' }])
  })
  test('a closure of the room or of the whole hospital, but not of another room', () => {
    const from = '2026-11-27T06:00:00Z'
    const to = '2026-11-27T08:00:00Z'
    const closed = [{ left: 30, width: 20, why: 'closed' }]
    expect(drawn(hospital({ closures: [{ room: 'clinic-1', from, to }] }), 'clinic-1', friday)).toEqual(closed)
    expect(drawn(hospital({ closures: [{ room: null, from, to }] }), 'clinic-1', friday)).toEqual(closed)
    expect(drawn(hospital({ closures: [{ room: 'clinic-2', from, to }] }), 'clinic-1', friday)).toEqual([])
  })
})
