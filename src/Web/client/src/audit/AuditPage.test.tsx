// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import { button, said, talking, write } from '../hub.testing'
import { drawing, sees, somebody } from '../screen.testing'
import { queryOf } from './question'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw } = drawing()
const { answers, asked } = talking()

const row = (id: string, more: object = {}) => ({
  id,
  at: '2026-11-28T11:00:00Z',
  count: 1,
  kind: 'refused',
  person: 'p-7',
  name: { en: 'Noura Al Hammadi', ar: 'نورة الحمادي' },
  address: '192.0.2.7',
  device: 'Firefox',
  what: 'roster.read',
  route: 'GET /api/visits',
  thing: 'ehs',
  why: 'access.denied',
  ...more,
})
const first = '/api/audit?take=50'
const shown = () => [...document.querySelectorAll('tbody tr')].map((r) => r.getAttribute('data-kind'))

function auditing(role: 'administrator' | 'auditor' = 'auditor') {
  answers['GET /api/session'] = { ...somebody(role), factor: 'given' }
  answers['GET /api/networks'] = []
  answers[`GET ${first}`] = {
    rows: [
      row('r-3', { count: 4, lastAt: '2026-11-28T11:00:30Z' }),
      row('r-2', { kind: 'read-private', what: 'cases.read', thing: 'ehs/2026-W48/e-1', why: null }),
      row('r-1', { kind: 'sign-in-refused', what: 'sign-in', person: null, name: null, why: 'session.denied' }),
    ],
    next: '12.ab',
  }
}

it('says who did what, from where and why, and shows older rows on request', async () => {
  auditing()
  answers[`GET ${first}&before=12.ab`] = {
    rows: [row('r-0', { kind: 'role-changed', what: 'give-role', after: 'speaker ehs', why: 'For the congress' })],
  }
  draw('/audit', <App />)
  await sees(() => expect(shown()).toEqual(['refused', 'read-private', 'sign-in-refused']))
  expect(said('[data-kind=refused]')).toContain('Noura Al Hammadi')
  expect(said('[data-kind=refused]')).toContain('192.0.2.7')
  expect(said('[data-kind=refused]')).toContain('The right was missing')
  expect(said('[data-kind=refused]')).toContain('4 times in this minute')
  expect(said('[data-kind=read-private]')).toContain('Case reference of an engagement')
  expect(said('[data-kind=sign-in-refused]')).toContain('Not known')
  button('Older').click()
  await sees(() => expect(shown().length).toBe(4))
  expect(said('[data-kind=role-changed]')).toContain('After: speaker ehs')
  expect(said('[data-kind=role-changed]')).toContain('For the congress')
  expect(button('Older')).toBeUndefined()
})

it('keeps the filters in the address, and asks once when the typing has stopped', async () => {
  auditing('administrator')
  answers['GET /api/audit?kind=refused&text=visits&take=50'] = { rows: [row('r-9')] }
  draw('/audit?kind=refused', <App />)
  await sees(() => expect(document.querySelector('input[name=text]')).not.toBeNull())
  write('input[name=text]', 'vis')
  write('input[name=text]', 'visits')
  await sees(() => expect(shown()).toEqual(['refused']))
  expect(location.search).toBe('?kind=refused&text=visits')
  expect(asked.filter((url) => url.includes('text='))).toEqual(['/api/audit?kind=refused&text=visits&take=50'])
})

it.each(['administrator', 'auditor'] as const)('has a link in the bar of an %s', async (role) => {
  auditing(role)
  draw('/audit', <App />)
  await sees(() => expect(document.querySelector('nav a[href="/audit"]')).not.toBeNull())
})

it('is written from right to left in Arabic', async () => {
  auditing()
  draw('/audit', <App />, 'ar')
  await sees(() => expect(said('[data-kind=refused]')).toContain('نورة الحمادي'))
  expect(document.documentElement.dir).toBe('rtl')
})

it('asks for whole days of the reader, and for at most 31 of them', () => {
  const of = (text: string) => new URLSearchParams(queryOf(new URLSearchParams(text), 'Asia/Dubai'))
  const one = of('from=2026-11-28&to=2026-11-28')
  expect([one.get('from'), one.get('to')]).toEqual(['2026-11-27T20:00:00.000Z', '2026-11-28T20:00:00.000Z'])
  const long = of('from=2025-01-01&to=2026-11-28')
  const days = (Date.parse(long.get('to')!) - Date.parse(long.get('from')!)) / 86_400_000
  expect(days).toBeLessThanOrEqual(31)
  expect(long.get('to')).toBe('2026-11-28T20:00:00.000Z')
  expect(of('from=tomorrow').toString()).toBe('take=50')
})
