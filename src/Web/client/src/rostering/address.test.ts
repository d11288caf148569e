import { describe, expect, test } from 'vitest'
import { chosenOf, dayOf, everything, searchWith } from './address'

describe("the board's address", () => {
  test('contains the choices, and reading it gives the same choices', () => {
    const chosen = { ...everything, by: 'consultants', span: 'week', hospital: 'al-qassimi', only: 'pending', text: '간 hepat' } as const
    expect(chosenOf(searchWith('', chosen))).toEqual(chosen)
  })
  test('contains nothing if all choices have their usual values', () => expect(searchWith('?by=consultants&text=a', everything)).toBe(''))
  test('keeps its parts that are not changed', () =>
    expect(searchWith('?show=e-1&kind=lecture', { kind: null, day: '2026-11-30' })).toBe('?show=e-1&day=2026-11-30'))
  test('treats an unknown value as no choice', () => {
    expect(chosenOf('?by=nurses&span=year&only=x')).toEqual(everything)
    expect(['?day=2026-11-30', '?day=today', '?day=tomorrow', ''].map(dayOf)).toEqual(['2026-11-30', 'today', null, null])
  })
})
