import { expect, it } from 'vitest'
import type { Grant } from '../api/schema'
import { rightsOf, sheetUrl } from './sheet'

const grant = (role: string, hospitals: string[], partner: string | null, network = 'ehs') =>
  ({ role, from: '2020-01-01T00:00:00Z', until: null, scope: { network, hospitals, partner } }) as unknown as Grant

it('knows the sheets that a role with a limit may see', () => {
  expect(rightsOf([grant('coordinator', [], null)], 'ehs')).toEqual({ host: true, partners: null })
  expect(rightsOf([grant('registrar', ['h-1'], null)], 'ehs')).toEqual({ host: true, partners: [] })
  expect(rightsOf([grant('programmeDirector', [], 'asan')], 'ehs')).toEqual({ host: false, partners: ['asan'] })
  expect(rightsOf([grant('coordinator', ['h-1'], 'asan')], 'ehs')).toEqual({ host: false, partners: [] })
  expect(rightsOf([grant('coordinator', [], null, 'other'), grant('consultant', [], null)], 'ehs')).toEqual({ host: false, partners: [] })
})

it('asks for the sheet of the host or of a partner', () => {
  const days = { from: '2026-01-01', to: '2026-03-31' }
  expect(sheetUrl('ehs', days, null)).toBe('/api/scorecards/ehs/sheets/host?from=2026-01-01&to=2026-03-31')
  expect(sheetUrl('ehs', days, 'asan', '.csv')).toBe('/api/scorecards/ehs/sheets/partner.csv?from=2026-01-01&to=2026-03-31&partner=asan')
})
