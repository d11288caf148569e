import { expect, it } from 'vitest'
import { lanesOf, mondays, mostIn, part } from './rotations'
import type { NamedRotation } from './wire'

const stay = (id: string, from: string, to: string): NamedRotation => ({
  name: { en: id, ar: null, ko: null },
  rotation: { id, cohort: 'c', person: id, department: 'd', from, to, supervisor: 's' },
})

it('knows the weeks of a period that begins and ends within a week', () => {
  expect(mondays('2026-12-30', '2027-01-12')).toEqual(['2026-12-28', '2027-01-04', '2027-01-11'])
  expect(mondays('2027-01-04', '2027-01-10')).toEqual(['2027-01-04'])
})

it('places a period in a longer one and cuts off what is outside', () => {
  expect(part('2027-01-06', '2027-01-07', '2027-01-04', '2027-01-13')).toEqual({ at: 0.2, width: 0.2 })
  expect(part('2026-12-01', '2027-01-08', '2027-01-04', '2027-01-13')).toEqual({ at: 0, width: 0.5 })
  expect(part('2027-02-01', '2027-02-02', '2027-01-04', '2027-01-13').width).toBe(0)
})

it('puts rotations that share a day into different lanes', () => {
  const [a, b, c] = [stay('a', '2027-01-01', '2027-01-10'), stay('b', '2027-01-10', '2027-01-20'), stay('c', '2027-01-11', '2027-01-12')]
  expect(lanesOf([b, a, c])).toEqual([[a, c], [b]])
})

it('counts the most people on one day of a week', () => {
  const here = [stay('a', '2027-01-01', '2027-01-05'), stay('b', '2027-01-06', '2027-01-07'), stay('c', '2027-01-07', '2027-01-30')]
  expect(mostIn(here, '2027-01-04')).toBe(2)
  expect(mostIn(here, '2027-01-11')).toBe(1)
  expect(mostIn(here, '2027-02-01')).toBe(0)
})
