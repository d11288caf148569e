import { expect, it } from 'vitest'
import { addWeeks, ago, clock, instantOf, length, localOf, mondayOf, relative, span, weekOf, zoneCity } from './format'

it('knows ISO weeks, also around New Year', () => {
  expect(mondayOf('2026-W48')).toBe('2026-11-23')
  expect(weekOf('2026-11-29')).toBe('2026-W48')
  expect(weekOf('2027-01-01')).toBe('2026-W53')
  expect(addWeeks('2026-W53', 1)).toBe('2027-W01')
})

it('turns local time into an instant and back, over a change of clocks too', () => {
  expect(new Date(instantOf('2026-11-23T08:00', 'Asia/Dubai')).toISOString()).toBe('2026-11-23T04:00:00.000Z')
  expect(new Date(instantOf('2026-03-29T03:30', 'Europe/Berlin')).toISOString()).toBe('2026-03-29T01:30:00.000Z')
  expect(localOf('2026-11-23T20:00:00Z', 'Asia/Seoul')).toBe('2026-11-24T05:00')
})

it('says times as people do, in each language', () => {
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

it('says lengths in Arabic as they stand after “by” and “within”', () => {
  const said = (minutes: number) => length(minutes * 60_000, 'ar-AE-u-nu-latn')
  expect([2, 5, 15, 60, 120, 135, 180, 661].map(said)).toEqual(['دقيقتين', '5 دقائق', '15 دقيقة', 'ساعة', 'ساعتين', 'ساعتين و15 دقيقة', '3 ساعات', '11 ساعة ودقيقة'])
})

it('keeps the start of a span of time before its end in every script', () => {
  expect(span('2026-11-23T05:30:00Z', '2026-11-23T06:00:00Z', 'Asia/Dubai', 'ar-AE-u-nu-latn')).toBe('\u206609:30–\u206010:00\u2069')
})
