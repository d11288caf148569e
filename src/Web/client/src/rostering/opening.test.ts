import { describe, expect, test } from 'vitest'
import { isOver, openingDay } from './opening'
import type { Engagement } from './roster'

const zone = 'Asia/Dubai'
const engagement = (start: string, end: string, status: Engagement['status'] = 'confirmed') => ({ start, end, status }) as Engagement
// Saturday 28 November 2026 is the sixth day of week 48; Dubai is four hours ahead of UTC.
const saturdayMorning = engagement('2026-11-28T05:00Z', '2026-11-28T06:00Z')
const sundayMorning = engagement('2026-11-29T06:00Z', '2026-11-29T07:00Z')

describe('a board opens', () => {
  test('on today while work goes on or is still to come', () => {
    expect(openingDay([saturdayMorning, sundayMorning], '2026-W48', Date.parse('2026-11-28T05:30Z'), zone)).toBe('2026-11-28')
  })
  test("on the day on which work begins next, once today's work is over", () => {
    expect(openingDay([saturdayMorning, sundayMorning], '2026-W48', Date.parse('2026-11-28T18:00Z'), zone)).toBe('2026-11-29')
  })
  test('on today in a week that is over, and on Monday of another week', () => {
    expect(openingDay([saturdayMorning], '2026-W48', Date.parse('2026-11-29T12:00Z'), zone)).toBe('2026-11-29')
    expect(openingDay([], '2026-W49', Date.parse('2026-11-29T12:00Z'), zone)).toBe('2026-11-30')
  })
  test('without counting cancelled engagements', () => {
    const cancelled = { ...sundayMorning, status: 'cancelled' } as Engagement
    expect(isOver([saturdayMorning, cancelled], Date.parse('2026-11-28T18:00Z'))).toBe(true)
    expect(isOver([saturdayMorning, sundayMorning], Date.parse('2026-11-28T18:00Z'))).toBe(false)
    expect(isOver([], Date.parse('2026-11-28T18:00Z'))).toBe(false)
  })
})
