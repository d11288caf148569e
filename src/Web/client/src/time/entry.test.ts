import { expect, it } from 'vitest'
import { locale } from '../i18n/language'
import { readDate, readTime, stepTime, writtenDate } from './entry'

const near = '2026-11-28'

it('writes dates in the order of the language, in Latin digits and without hidden marks', () => {
  expect([locale.en, locale.ar, locale.ko].map((l) => writtenDate('2026-11-04', l))).toEqual(['04/11/2026', '04/11/2026', '2026. 11. 04.'])
  for (const l of Object.values(locale))
    for (const date of ['2026-11-04', '2027-01-31', '2028-02-29']) expect(readDate(writtenDate(date, l), l, near)).toBe(date)
})

it.each([
  ['24/11/2026', '2026-11-24'],
  ['24.11.26', '2026-11-24'],
  ['4-11-2026', '2026-11-04'],
  ['24 11 2026', '2026-11-24'],
  ['2026-11-24', '2026-11-24'],
  ['24112026', '2026-11-24'],
  ['20261124', '2026-11-24'],
  ['٢٤/١١/٢٠٢٦', '2026-11-24'],
  ['24/11', '2026-11-24'],
  ['3/1', '2027-01-03'],
  ['31/11/2026', null],
  ['29/2/2027', null],
  ['24/11/0026', null],
  ['24', null],
  ['', null],
  ['24 Nov 2026', null],
])('reads the date %s in English and Arabic', (text, date) => {
  expect(readDate(text, locale.en, near)).toBe(date)
  expect(readDate(text, locale.ar, near)).toBe(date)
})

it.each([
  ['2026. 11. 24.', '2026-11-24'],
  ['26.11.24', '2026-11-24'],
  ['2026년 11월 24일', '2026-11-24'],
  ['11/24', '2026-11-24'],
  ['1.3', '2027-01-03'],
  ['24/11/2026', '2026-11-24'],
])('reads the date %s in Korean', (text, date) => expect(readDate(text, locale.ko, near)).toBe(date))

it.each([
  ['9', '09:00'],
  ['930', '09:30'],
  ['0930', '09:30'],
  ['9:30', '09:30'],
  ['9.5', '09:05'],
  ['23:59', '23:59'],
  ['٠٩:٣٠', '09:30'],
  ['9시 30분', '09:30'],
  ['9h', '09:00'],
  ['오후 9:30', '21:30'],
  ['12:15 am', '00:15'],
  ['12 pm', '12:00'],
  ['9:30 م', '21:30'],
  ['24:00', null],
  ['9:60', null],
  ['2460', null],
  ['', null],
  ['noon', null],
  ['13 pm', null],
  ['9:30:00:1', null],
])('reads the time %s', (text, time) => expect(readTime(text)).toBe(time))

it('steps to the next multiple, also over midnight', () => {
  expect([
    stepTime('09:00', 15, 1),
    stepTime('09:07', 15, 1),
    stepTime('09:07', 15, -1),
    stepTime('23:55', 5, 1),
    stepTime('00:00', 5, -1),
  ]).toEqual(['09:15', '09:15', '09:00', '00:00', '23:55'])
})
