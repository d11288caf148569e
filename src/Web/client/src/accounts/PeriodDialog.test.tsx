// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import { button, refusal, said, talking, write } from '../hub.testing'
import { drawing, sees, somebody } from '../screen.testing'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw } = drawing()
const { answers, sent } = talking()
const grant = (id: string, more: object = {}) => ({
  id,
  role: 'consultant',
  scope: { network: 'ehs', hospitals: [] },
  from: '2020-01-01T00:00:42Z',
  until: '2099-01-01T00:00:00Z',
  by: 'p-1',
  ...more,
})
const account = (version: number, ...grants: object[]) => ({
  key: 'account/p-9',
  version,
  person: 'p-9',
  userName: 'omar',
  name: { en: 'Omar Aziz' },
  email: null,
  deactivated: false,
  demo: false,
  kind: 'person',
  grants,
})
async function open(...grants: object[]) {
  answers['GET /api/session'] = { ...somebody('administrator'), network: null, factor: 'given' }
  answers['GET /api/networks'] = [{ network: { id: 'ehs', name: { en: 'Emirates' }, partners: [] }, currentWeek: '2026-W48' }]
  answers['GET /api/people/p-9'] = account(4, ...grants)
  draw('/accounts/p-9', <App />)
  await sees(() => expect(said('[data-grant=g-1]')).toContain('Consultant'))
}

it('changes the period of a role in place, and keeps a time that was not touched', async () => {
  await open(grant('g-1'))
  answers['PUT /api/roles/g-1'] = account(5, grant('g-1', { until: null }))
  button('Change the period').focus()
  button('Change the period').click()
  await sees(() => expect(said('[data-period]')).toContain('Emirates'))
  write('[data-period] [data-when^="2099"] input[name=date]', '')
  write('[data-period] [data-when=""] input[name=time]', '')
  write('[data-period] input[maxlength="500"]', 'Stays longer')
  button('Save').click()
  await sees(() => expect(document.querySelector('[data-period]')).toBeNull())
  expect(document.activeElement?.textContent).toBe('Change the period')
  expect(sent).toMatchObject([
    {
      method: 'PUT',
      url: '/api/roles/g-1',
      body: { from: '2020-01-01T00:00:42Z', until: null, expectedVersion: 4, reason: 'Stays longer' },
    },
  ])
  expect(said('[data-grant=g-1]')).toContain('without an end')
})

it('says that the last administrator keeps the role', async () => {
  await open(grant('g-1'))
  answers['PUT /api/roles/g-1'] = refusal(409, 'account.last-administrator')
  button('Change the period').click()
  await sees(() => expect(document.querySelector('[data-period]')).not.toBeNull())
  write('[data-period] input[maxlength="500"]', 'x')
  button('Save').click()
  await sees(() => expect(said('[data-period] [role=alert]')).toContain('without an administrator'))
})

it('shows the new period if somebody else has changed it meanwhile', async () => {
  await open(grant('g-1'))
  answers['PUT /api/roles/g-1'] = refusal(409, 'account.stale')
  button('Change the period').click()
  await sees(() => expect(document.querySelector('[data-period]')).not.toBeNull())
  write('[data-period] input[maxlength="500"]', 'x')
  answers['GET /api/people/p-9'] = account(5, grant('g-1', { until: null }))
  button('Save').click()
  await sees(() => expect(said('[data-changed]')).toContain('without an end'))
  expect(button('Save').disabled).toBe(true)
})

it('offers no other period for a role that an institution gives', async () => {
  await open(grant('g-1', { source: 'https://clinic.example' }))
  expect(button('Change the period')).toBeUndefined()
})

it('keeps the chosen part of the page in the address', async () => {
  await open(grant('g-1'))
  answers['GET /api/people/p-9/rights'] = [{ action: 'roster.read', grants: ['g-1'] }]
  const tab = [...document.querySelectorAll<HTMLElement>('[role=tab]')].find((t) => t.textContent === 'Rights')!
  tab.click()
  await sees(() => expect(said('[data-action="roster.read"]')).toContain('See the boards, and read engagements'))
  expect(location.search).toBe('?show=rights')
  expect(said('[data-rights]')).not.toContain('roster.read')
})
