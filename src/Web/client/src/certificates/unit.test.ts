import { expect, it } from 'vitest'
import { unitOf } from './unit'

it.each([
  ['one:point||other:points', 'en', 1, 'point'],
  ['one:point||other:points', 'en', 0, 'points'],
  ['one:point||other:points', 'en', 0.5, 'points'],
  ['few:نقاط||other:نقطة', 'ar', 3, 'نقاط'],
  ['few:نقاط||other:نقطة', 'ar', 103, 'نقاط'],
  ['few:نقاط||other:نقطة', 'ar', 11, 'نقطة'],
  ['few:نقاط||other:نقطة', 'ar', 2.5, 'نقطة'],
  ['two:نقطتان||other:نقطة', 'ar', 2, 'نقطتان'],
  ['one:point||other:점', 'ko', 1, '점'],
  ['points', 'en', 1, 'points'],
  ['note: points', 'en', 1, 'note: points'],
  ['a||b', 'en', 1, 'a||b'],
] as const)('writes the unit %s in %s for %d credits as %s, as the server does', (unit, language, credits, said) =>
  expect(unitOf(unit, credits, language)).toBe(said),
)
