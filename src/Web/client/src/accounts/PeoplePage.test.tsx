// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import { button, done, fault, refusal, said, talking, write } from '../hub.testing'
import { drawing, sees, somebody } from '../screen.testing'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw } = drawing()
const { answers, sent, asked } = talking()

const grant = (id: string, role: string, scope: object = { network: 'ehs', hospitals: [] }) => ({
  id,
  role,
  scope,
  from: '2020-01-01T00:00:00Z',
  until: null,
  by: 'p-1',
})
const account = (person: string, name: string, grants: object[], more: object = {}) => ({
  key: `account/${person}`,
  version: 4,
  person,
  userName: person.replace('-', '.'),
  name: { en: name },
  email: null,
  deactivated: false,
  demo: false,
  grants,
  ...more,
})
const omar = account('p-9', 'Omar Aziz', [grant('g-1', 'coordinator'), grant('g-2', 'registrar', { network: 'ehs', hospitals: ['h-1'] })])
const rami = account('p-8', 'Rami Saleh', [], { deactivated: true })
const everybody = '/api/people?skip=0&take=50'

function administrating() {
  answers['GET /api/session'] = { ...somebody('administrator'), network: null, factor: 'given' }
  answers['GET /api/networks'] = [{ network: { id: 'ehs', name: { en: 'Emirates Health' }, partners: [] }, currentWeek: '2026-W48' }]
  answers['GET /api/hospitals?network=ehs'] = [{ id: 'h-1', name: { en: 'Coast Hospital' } }]
  answers['GET /api/roles'] = [
    { role: 'administrator', actions: [], scopes: ['hub'], mayGive: true },
    { role: 'coordinator', actions: [], scopes: ['network', 'hospitals', 'partner'], mayGive: true },
    { role: 'system', actions: [], scopes: ['hub'], mayGive: false },
  ]
  answers[`GET ${everybody}`] = { people: [omar, rami], total: 2 }
  answers['GET /api/people/p-9'] = omar
}
const rows = () => [...document.querySelectorAll('tbody tr')].map((row) => row.getAttribute('data-person'))
/** A choice of the dialog's list of roles, which is the last list on the page. The list above the table has choices too. */
const option = (text: string) => {
  const choices = [...document.querySelectorAll('[role=listbox]')].at(-1)?.querySelectorAll<HTMLElement>('[role=option]') ?? []
  return [...choices].find((o) => o.textContent === text)!
}
const dialogs = () => document.querySelectorAll('[role=dialog]').length

it('lists people with their roles and their state in words', async () => {
  administrating()
  draw('/', <App />)
  await sees(() => expect(said('[data-person=p-9]')).toContain('Registrar: Emirates Health · Coast Hospital'))
  expect(location.pathname).toBe('/accounts')
  expect(said('[data-person=p-9]')).toContain('Coordinator: Emirates Health')
  expect(said('[data-person=p-9]')).toContain('Active')
  expect(said('[data-person=p-8]')).toContain('Deactivated')
  // An administrator of the whole hub has no network, so there is no board. Alerts tell of grave changes that others make.
  expect(document.querySelector('[aria-label=Alerts]')).not.toBeNull()
  expect(document.querySelector('header nav a[href="/board"]')).toBeNull()
})

it('keeps the search in the address', async () => {
  administrating()
  answers['GET /api/people?search=omar&skip=0&take=50'] = { people: [omar], total: 1 }
  draw('/accounts', <App />)
  await sees(() => expect(rows()).toEqual(['p-9', 'p-8']))
  write('input[name=search]', 'oma')
  write('input[name=search]', 'omar')
  await sees(() => expect(rows()).toEqual(['p-9']))
  expect(location.search).toBe('?search=omar')
  expect(asked.filter((url) => url.includes('search='))).toEqual(['/api/people?search=omar&skip=0&take=50'])
})

it('shows coordinators the people of their network', async () => {
  administrating()
  answers['GET /api/session'] = somebody('coordinator')
  answers['GET /api/people?network=ehs&skip=0&take=50'] = { people: [omar], total: 1 }
  draw('/accounts', <App />)
  await sees(() => expect(rows()).toEqual(['p-9']))
})

it('invites a person, and shows the link for them', async () => {
  administrating()
  answers['POST /api/people'] = [
    refusal(409, 'account.name-taken', '$.userName'),
    Response.json({ account: account('p-7', 'Lee Seo-yun', []), link: '/invitation#secret', until: '2099-01-02T09:00:00Z' }),
  ]
  draw('/accounts', <App />)
  await sees(() => expect(rows().length).toBe(2))
  button('Invite a person').click()
  await sees(() => expect(document.querySelector('[data-invite] input[name=en]')).not.toBeNull())
  expect(button('Make the link').disabled).toBe(true)
  write('[data-invite] input[name=en]', 'Lee Seo-yun')
  write('[data-invite] input[name=ko]', '이서윤')
  write('[data-invite] input[name=userName]', 'omar')
  document.querySelector<HTMLElement>('[data-invite] input[name=role]')!.click()
  await sees(() => expect(option('Coordinator')).toBeTruthy())
  expect(option('The hub')).toBeUndefined()
  option('Coordinator').click()
  await sees(() => expect(button('Make the link').disabled).toBe(false))
  button('Make the link').click()
  await sees(() => expect(fault('[data-invite] input[name=userName]')).toContain('Another account has this user name'))
  write('[data-invite] input[name=userName]', 'seoyun')
  button('Make the link').click()
  await sees(() => expect(said('[data-link]')).toContain('The link for Lee Seo-yun is ready'))
  expect(said('[data-link]')).toContain('until 2 Jan 2099')
  expect(document.querySelector<HTMLInputElement>('[data-secret]')!.value).toBe(`${location.origin}/invitation#secret`)
  const [first, second] = sent.map((s) => s.body!)
  expect(second).toMatchObject({
    userName: 'seoyun',
    name: { en: 'Lee Seo-yun', ar: null, ko: '이서윤' },
    roles: [{ role: 'coordinator', scope: { network: 'ehs', hospitals: [] } }],
  })
  expect(second!.commandId).not.toBe(first!.commandId)
})

const taken = '/api/roles/g-1?reason=Left%20the%20network'

async function takeAway() {
  draw('/accounts/p-9', <App />)
  await sees(() => expect(document.querySelector('[data-grant=g-1]')).not.toBeNull())
  document.querySelector<HTMLButtonElement>('[data-grant=g-1] [data-do=take]')!.click()
  await sees(() => expect(document.querySelector('[data-reason] input[maxlength="500"]')).not.toBeNull())
  write('[data-reason] input[maxlength="500"]', 'Left the network')
  document.querySelector<HTMLButtonElement>('[data-reason] button[type=submit]')!.click()
}

it('asks for the second factor again before it takes a role away, and repeats the request once', async () => {
  administrating()
  answers[`DELETE ${taken}`] = [refusal(403, 'session.factor-again'), Response.json({ ...omar, version: 5, grants: omar.grants.slice(1) })]
  answers['POST /api/session/factor'] = [refusal(401, 'session.code-denied'), done()]
  await takeAway()
  await sees(() => expect(document.querySelector('[data-factor] input[name=code]')).not.toBeNull())
  write('[data-factor] input[name=code]', '111111')
  button('Go on').click()
  await sees(() => expect(fault('[data-factor] input[name=code]')).toContain('The code is wrong'))
  write('[data-factor] input[name=code]', '222222')
  button('Go on').click()
  await sees(() => expect(document.querySelector('[data-grant=g-1]')).toBeNull())
  expect(document.querySelector('[data-grant=g-2]')).not.toBeNull()
  await sees(() => expect(dialogs()).toBe(0))
  expect(sent.map((s) => `${s.method} ${s.url}`)).toEqual([
    `DELETE ${taken}`,
    'POST /api/session/factor',
    'POST /api/session/factor',
    `DELETE ${taken}`,
  ])
})

it('keeps the reason when the person does not give the second factor', async () => {
  administrating()
  answers[`DELETE ${taken}`] = refusal(403, 'session.factor-again')
  await takeAway()
  await sees(() => expect(document.querySelector('[data-factor]')).not.toBeNull())
  const cancels = [...document.querySelectorAll<HTMLButtonElement>('[data-factor] button')].find((b) => b.textContent === 'Cancel')!
  cancels.click()
  await sees(() => expect(said('[data-reason] [role=alert]')).toContain('second factor again'))
  expect(document.querySelector<HTMLInputElement>('[data-reason] input[maxlength="500"]')!.value).toBe('Left the network')
  expect(sent.length).toBe(1)
})

it('says why the last administrator stays', async () => {
  administrating()
  answers[`DELETE ${taken}`] = refusal(409, 'account.last-administrator')
  await takeAway()
  await sees(() => expect(said('[data-reason] [role=alert]')).toContain('Give the role to somebody else first'))
})

it('shows what a person may do and by which role, and what has happened to the account', async () => {
  administrating()
  answers['GET /api/people/p-9/rights'] = [
    { action: 'rostering.plan', grants: ['g-1'] },
    { action: 'rostering.read', grants: ['g-1', 'g-2'] },
    { action: 'accounts.read', grants: ['g-1'] },
  ]
  answers['GET /api/people/p-9/history?take=30'] = [
    { version: 4, at: '2026-11-20T09:00:00Z', by: 'p-1', what: 'take-role', account: omar, grant: 'g-3', reason: 'No longer there' },
    {
      version: 3,
      at: '2026-11-19T09:00:00Z',
      by: 'hub-system',
      what: 'give-role',
      account: { ...omar, grants: [...omar.grants, grant('g-3', 'auditor')] },
      grant: 'g-3',
    },
  ]
  draw('/accounts/p-9', <App />)
  const tab = (text: string) => [...document.querySelectorAll<HTMLElement>('[role=tab]')].find((t) => t.textContent === text)
  await sees(() => expect(tab('History')).toBeTruthy())
  tab('Rights')!.click()
  await sees(() => expect(document.querySelectorAll('[data-rights] section').length).toBe(2))
  expect(said('[data-action="rostering.read"]')).toContain('Coordinator: Emirates Health')
  expect(said('[data-action="rostering.read"]')).toContain('Registrar: Emirates Health · Coast Hospital')
  expect(said('[data-action="rostering.plan"]')).not.toContain('Registrar')
  tab('History')!.click()
  await sees(() => expect(said('[data-history] li')).toContain('Noor Haddad took a role away: Auditor'))
  expect(said('[data-history] li')).toContain('No longer there')
  expect(said('[data-history] li:nth-child(2)')).toContain('The hub gave a role: Auditor')
})
