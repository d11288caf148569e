import { expect, it } from 'vitest'
import { countedOf, daysOf, groupsOf, pageOf, pdfUrl, presetOf, questionOf, rowsUrl, scorecardUrl, wordOf } from './question'

const today = '2026-03-15'
const asked = (search: string) => questionOf(new URLSearchParams(search), today)

it('asks for the year so far, unless the address names days', () => {
  expect(asked('')).toMatchObject({ from: '2026-01-01', to: today, hospital: null })
  expect(asked('from=2025-02-30x&to=2025-12-31&hospital=h-1')).toMatchObject({ from: '2026-01-01', to: '2025-12-31', hospital: 'h-1' })
  expect(presetOf(asked(''), today)).toBe('thisYear')
  expect(presetOf(asked('from=2026-01-02'), today)).toBeNull()
})

it('knows the days of each preset', () => {
  expect(daysOf('lastYear', today)).toEqual({ from: '2025-01-01', to: '2025-12-31' })
  expect(daysOf('thisMonth', today)).toEqual({ from: '2026-03-01', to: today })
  expect(daysOf('lastMonth', today)).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(daysOf('lastMonth', '2026-01-31')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
  expect(daysOf('twelveMonths', today).from).toBe('2025-03-16')
})

it('leads from a number to its rows, with a month cut to the period', () => {
  const rows = (search: string, word: string) => rowsUrl('ehs', asked(search), countedOf(word)!)
  expect(rows('partner=asan', wordOf({ figure: 'operations' }))).toBe(
    '/api/scorecards/ehs/rows?figure=operations&from=2026-01-01&to=2026-03-15&partner=asan',
  )
  expect(rows('', wordOf({ figure: 'visits', by: 'months', id: '2026-03' }))).toContain('from=2026-03-01&to=2026-03-15')
  expect(rows('', wordOf({ figure: 'visits', by: 'months', id: '2026-02' }))).toContain('from=2026-02-01&to=2026-02-28')
  const none = wordOf({ figure: 'lectures', by: 'specialties', id: '' })
  expect(rows('specialty=spine', none)).toBe('/api/scorecards/ehs/rows?figure=lectures&withoutSpecialty=true&from=2026-01-01&to=2026-03-15')
  expect(countedOf('lectures~~months~')).toEqual({ figure: 'lectures', missing: false })
  expect(rows('', wordOf({ figure: 'lectures', missing: true, by: 'hospitals', id: 'h-1' }))).toContain('missing=true')
  const report = 'report=0f4c'
  expect(rows(report, wordOf({ figure: 'visits', by: 'partners', id: 'asan' }))).toBe(
    '/api/scorecards/ehs/rows?figure=visits&report=0f4c&partner=asan',
  )
  expect(scorecardUrl('ehs', asked(report))).toBe('/api/scorecards/ehs/reports/0f4c')
  expect(pdfUrl('ehs', 'ko', asked(report))).toBe('/api/scorecards/ehs/reports/0f4c.pdf?language=ko')
  expect(pdfUrl('ehs', 'ar', asked('hospital=h-1'))).toContain('/scorecard.pdf?from=2026-01-01&to=2026-03-15&hospital=h-1&language=ar')
  expect(countedOf(null)).toBeNull()
})

it('shows figures in groups, and leads from a row to the programme or the initiative', () => {
  expect(groupsOf([{ figure: 'publications' }, { figure: 'visits' }, { figure: 'operations' }] as const)).toEqual([
    { group: 'services', figures: [{ figure: 'visits' }, { figure: 'operations' }] },
    { group: 'research', figures: [{ figure: 'publications' }] },
  ])
  expect(pageOf({ kind: 'cohort', id: 'p-1/spring' })).toBe('/programme/p-1')
  expect(pageOf({ kind: 'initiative', id: 'i-1' })).toBe('/research/initiative/i-1')
  expect(pageOf({ kind: 'output', id: 'i-1/paper' })).toBe('/research/initiative/i-1')
  expect(pageOf({ kind: 'visit', id: 'v-1' })).toBeNull()
})
