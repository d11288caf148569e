import { expect, it } from 'vitest'
import type { Grant } from '../api/schema'
import { partOf } from './part'

const now = Date.parse('2026-11-24T08:00:00Z')
const role = (role: Grant['role'], scope: Partial<Grant['scope']> = {}, more: Partial<Grant> = {}): Grant => ({
  id: 'g',
  role,
  scope: { network: 'ehs', hospitals: [], ...scope },
  from: '2026-01-01T00:00:00Z',
  by: 'p',
  ...more,
})
const part = (...roles: Grant[]) => partOf({ roles }, 'ehs', now)
const whole = { hospitals: null, partner: null }

it('shows the whole network to people whose role is not limited', () => {
  expect(part(role('coordinator'))).toEqual({ ...whole, plans: true })
  expect(part(role('consultant'))).toEqual({ ...whole, plans: false })
  expect(part(role('registrar', { hospitals: ['a'] }), role('auditor'))).toEqual({ ...whole, plans: false })
})

it('shows their hospitals to people who are limited to hospitals, and lets only coordinators plan there', () => {
  expect(part(role('coordinator', { hospitals: ['a', 'b'] }))).toEqual({ hospitals: ['a', 'b'], partner: null, plans: true })
  expect(part(role('registrar', { hospitals: ['a'] }), role('registrar', { hospitals: ['c', 'a'] }))).toEqual({
    hospitals: ['a', 'c'],
    partner: null,
    plans: false,
  })
})

it('shows its consultants to the coordinator of a partner, who plans nothing', () => {
  expect(part(role('coordinator', { partner: 'amc' }))).toEqual({ hospitals: null, partner: 'amc', plans: false })
})

it('counts only roles that are valid now, in this network, and that read boards', () => {
  const lapsed = role('coordinator', {}, { until: '2026-11-24T08:00:00Z' })
  const later = role('coordinator', {}, { from: '2026-11-24T08:00:01Z' })
  const elsewhere = role('coordinator', { network: 'other' })
  expect(part(lapsed, later, elsewhere, role('attendee'), role('registrar', { hospitals: ['a'] }))).toEqual({
    hospitals: ['a'],
    partner: null,
    plans: false,
  })
})
