import { expect, it } from 'vitest'
import { addWeeks, ago, clock, instantOf, length, localOf, mondayOf, nearDate, relative, span, weekOf, zoneCity } from './format'

it('knows ISO weeks, also around New Year', () => {
  expect(mondayOf('2026-W48')).toBe('2026-11-23')
  expect(weekOf('2026-11-29')).toBe('2026-W48')
  expect(weekOf('2027-01-01')).toBe('2026-W53')
  expect(addWeeks('2026-W53', 1)).toBe('2027-W01')
})

it('turns local time into an instant and back, also across a change of the clocks', () => {
  expect(new Date(instantOf('2026-11-23T08:00', 'Asia/Dubai')).toISOString()).toBe('2026-11-23T04:00:00.000Z')
  expect(new Date(instantOf('2026-03-29T03:30', 'Europe/Berlin')).toISOString()).toBe('2026-03-29T01:30:00.000Z')
  expect(localOf('2026-11-23T20:00:00Z', 'Asia/Seoul')).toBe('2026-11-24T05:00')
})

it('writes relative times as people say them, in each language', () => {
  const now = Date.parse('2026-11-23T08:00:00Z')
  expect(relative('2026-11-23T08:25:00Z', now, 'en-GB')).toBe('in 25 minutes')
  expect(relative('2026-11-23T05:00:00Z', now, 'ko-KR')).toBe('3시간 전')
  expect(clock('2026-11-23T05:30:00Z', 'Asia/Dubai', 'ar-AE-u-nu-latn')).toBe('09:30')
  expect(length(90 * 60_000, 'en-GB')).toBe('1 hour 30 minutes')
  expect(length(119.9 * 60_000, 'en-GB')).toBe('2 hours')
  expect(ago(now - 20_000, now, 'en-GB')).toBe('20 seconds ago')
  expect(ago(now - 180_000, now, 'ko-KR')).toBe('3분 전')
  expect(zoneCity('Asia/Seoul', 'ko-KR')).toBe('서울')
})

it('counts days by the calendar of the place shown, not by hours', () => {
  const saturday = Date.parse('2026-11-28T18:23:00Z') // 22:23 in Dubai
  const said = (instant: string, locale: string, zone = 'Asia/Dubai') => relative(instant, saturday, locale, zone)
  const [monday, tuesday] = ['2026-11-30T04:15:00Z', '2026-12-01T04:15:00Z']
  expect(said(monday, 'en-GB')).toBe('in 2 days')
  expect(said(monday, 'ar-AE-u-nu-latn')).toBe('بعد الغد')
  expect(said(tuesday, 'ar-AE-u-nu-latn')).toBe('خلال 3 أيام')
  expect(said(monday, 'ko-KR')).toBe('모레')
  expect(said('2026-11-29T19:30:00Z', 'en-GB')).toBe('tomorrow') // Sunday 23:30 in Dubai
  expect(said('2026-11-29T19:30:00Z', 'en-GB', 'Asia/Seoul')).toBe('tomorrow') // Monday 04:30 there, where it is Sunday 03:23
  expect(said('2026-11-29T04:15:00Z', 'en-GB')).toBe('in 10 hours')
  expect(said('2026-11-27T04:15:00Z', 'en-GB')).toBe('yesterday')
  // The same date in Dubai.
  expect(relative('2026-11-28T19:40:00Z', Date.parse('2026-11-27T20:05:00Z'), 'en-GB', 'Asia/Dubai')).toBe('in 24 hours')
})

it('writes lengths in Arabic in the case that “by” and “within” need', () => {
  const said = (minutes: number) => length(minutes * 60_000, 'ar-AE-u-nu-latn')
  expect([2, 5, 15, 60, 120, 135, 180, 661].map(said)).toEqual([
    'دقيقتين',
    '5 دقائق',
    '15 دقيقة',
    'ساعة',
    'ساعتين',
    'ساعتين و15 دقيقة',
    '3 ساعات',
    '11 ساعة ودقيقة',
  ])
})

it('says the year of a date if it is not the present year in that zone', () => {
  const newYear = Date.parse('2026-12-31T20:30:00Z') // 2027 has begun in Dubai
  expect(nearDate('2027-11-24T06:00:00Z', 'Asia/Dubai', 'en-GB', newYear)).toBe('Wed 24 Nov')
  expect(nearDate('2026-11-24T06:00:00Z', 'Asia/Dubai', 'en-GB', newYear)).toMatch(/^Tue,? 24 Nov 2026$/)
  expect(nearDate('2026-11-24T06:00:00Z', 'Asia/Dubai', 'ko-KR', newYear)).toContain('2026년')
})

it('keeps the start of a span of time before its end in every script', () => {
  expect(span('2026-11-23T05:30:00Z', '2026-11-23T06:00:00Z', 'Asia/Dubai', 'ar-AE-u-nu-latn')).toBe('\u206609:30–\u206010:00\u2069')
})
