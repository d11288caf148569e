import { expect, it } from 'vitest'
import { blankRole, newRoleOf } from './roleDraft'

const filled = {
  ...blankRole,
  role: 'coordinator',
  network: 'ehs',
  hospitals: ['h-1'],
  partner: 'snu',
  conference: 'c-1',
  session: 's-1',
} as const

it.each([
  ['hub', { hospitals: [] }],
  ['network', { network: 'ehs', hospitals: [] }],
  ['hospitals', { network: 'ehs', hospitals: ['h-1'] }],
  ['partner', { network: 'ehs', hospitals: [], partner: 'snu' }],
  ['conference', { network: 'ehs', hospitals: [], conference: 'c-1' }],
  ['session', { network: 'ehs', hospitals: [], conference: 'c-1', session: 's-1' }],
] as const)('limits a role to %s, and sends nothing that was chosen for another limit', (kind, scope) =>
  expect(newRoleOf({ ...filled, kind })).toMatchObject({ role: 'coordinator', scope }),
)

it.each([
  { kind: null },
  { kind: 'network', network: null },
  { kind: 'hospitals', hospitals: [] },
  { kind: 'partner', partner: null },
  { kind: 'conference', conference: null },
  { kind: 'session', session: null },
] as const)('is no role while %o', (missing) => expect(newRoleOf({ ...filled, ...missing })).toBeNull())

it('has no period unless one is typed', () => {
  expect(newRoleOf({ ...filled, kind: 'network' })).toMatchObject({ from: null, until: null })
  expect(newRoleOf({ ...filled, kind: 'network', until: '2030-01-01T00:00' })?.until).toMatch(/^20(29|30)-/)
})
