// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { button, done, fault, refusal, said, talking, write } from '../hub.testing'
import { drawing, sees } from '../screen.testing'
import { Tokens } from './Tokens'
import type { Grant } from './wire'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw } = drawing()
const { answers, sent } = talking()
const grant = (role: Grant['role'], more: Partial<Grant> = {}): Grant => ({
  id: `g-${role}`,
  role,
  scope: { network: 'ehs', hospitals: [] },
  from: '2020-01-01T00:00:00Z',
  until: null,
  by: 'p-2',
  ...more,
})
const token = {
  id: 't-1',
  name: 'Export to the intranet',
  actions: ['roster.read', 'account.own'],
  madeAt: '2026-11-01T08:00:00Z',
  until: '2099-01-01T08:00:00Z',
  lastUsedAt: '2026-11-20T08:00:00Z',
  lastAddress: '192.0.2.7',
}
function known() {
  answers['GET /api/roles'] = [
    { role: 'auditor', actions: ['audit.read', 'roster.read'], scopes: ['network'], mayGive: false },
    { role: 'coordinator', actions: ['roster.plan'], scopes: ['network'], mayGive: false },
    { role: 'integration', actions: ['conferences.export'], scopes: ['network'], mayGive: false },
  ]
  answers['GET /api/tokens'] = []
}
const check = (label: string) =>
  [...document.querySelectorAll<HTMLInputElement>('input[type=checkbox]')]
    .find((box) => document.querySelector(`label[for="${box.id}"]`)?.textContent === label)!
    .click()

it('lists tokens in words, and withdraws one after it has asked', async () => {
  known()
  answers['GET /api/tokens'] = [token]
  answers['DELETE /api/tokens/t-1'] = done()
  draw('/account', <Tokens roles={[]} />)
  await sees(() => expect(said('[data-token=t-1]')).toContain('Export to the intranet'))
  expect(said('[data-token=t-1]')).toContain('from 192.0.2.7')
  expect(said('[data-token=t-1]')).toContain('Made on')
  expect(said('[data-token=t-1]')).toContain('See the boards, and read engagements and their history')
  expect(said()).not.toContain('roster.read')
  button('Withdraw').click()
  await sees(() => expect(said('[data-sure]')).toContain('refused at once'))
  expect(sent).toEqual([])
  answers['GET /api/tokens'] = []
  button('Withdraw').click()
  await sees(() => expect(said()).toContain('No tokens'))
  expect(sent).toEqual([{ method: 'DELETE', url: '/api/tokens/t-1', body: undefined }])
})

it('offers only what the valid roles allow, wants at least one thing, and shows the token once', async () => {
  known()
  answers['POST /api/tokens'] = { token: 'hub_x_secret', view: { ...token, name: 'My script' } }
  draw('/account', <Tokens roles={[grant('auditor'), grant('coordinator', { until: '2021-01-01T00:00:00Z' })]} />)
  await sees(() => expect(button('Make a token')).toBeTruthy())
  button('Make a token').click()
  await sees(() => expect(said('[data-new-token]')).toContain('Search the trace'))
  expect(said('[data-new-token]')).not.toContain('Plan, move, reassign')
  write('input[name=name]', 'My script')
  document.querySelector<HTMLButtonElement>('[data-new-token] button[type=submit]')!.click()
  await sees(() => expect(said('[role=alert]')).toContain('Choose at least one thing'))
  expect(document.activeElement).toBe(document.querySelector('[data-new-token] input[type=checkbox]'))
  expect(sent).toEqual([])
  check('Search the trace')
  document.querySelector<HTMLButtonElement>('[data-new-token] button[type=submit]')!.click()
  await sees(() => expect(document.querySelector<HTMLInputElement>('[data-secret]')?.value).toBe('hub_x_secret'))
  expect(sent[0]!.body).toMatchObject({ name: 'My script', actions: ['audit.read'] })
  expect(sent[0]!.body).not.toHaveProperty('person')
  expect([...document.querySelectorAll('input')].map((i) => i.value)).toContain('Authorization: Bearer hub_x_secret')
  button('I have kept the token').click()
  await sees(() => expect(document.querySelector('[data-secret]')).toBeNull())
  expect(document.activeElement?.textContent).toBe('Make a token')
})

it('puts a refusal beside its field', async () => {
  known()
  answers['POST /api/tokens'] = refusal(400, 'token.bad-name', '$.name')
  draw('/account', <Tokens roles={[grant('auditor')]} />)
  await sees(() => expect(button('Make a token')).toBeTruthy())
  button('Make a token').click()
  await sees(() => expect(said('[data-new-token]')).toContain('Search the trace'))
  write('input[name=name]', ' ')
  check('Search the trace')
  document.querySelector<HTMLButtonElement>('[data-new-token] button[type=submit]')!.click()
  await sees(() => expect(fault('input[name=name]')).toBe('A token has a name of 1 to 120 characters.'))
})

it('makes a token for a program, and none for another person', async () => {
  known()
  answers['GET /api/tokens?person=p-9'] = []
  draw('/accounts/p-9', <Tokens person="p-9" roles={[grant('auditor')]} />)
  await sees(() => expect(said()).toContain('Only this person can make tokens'))
  expect(button('Make a token')).toBeUndefined()
  answers['GET /api/tokens?person=p-8'] = []
  answers['POST /api/tokens'] = { token: 'hub_y_secret', view: token }
  draw('/accounts/p-8', <Tokens person="p-8" roles={[grant('integration')]} />)
  await sees(() => expect(button('Make a token')).toBeTruthy())
  button('Make a token').click()
  await sees(() => expect(said('[data-new-token]')).toContain('Read programmes as files'))
  write('input[name=name]', 'Export')
  check('Read programmes as files')
  document.querySelector<HTMLButtonElement>('[data-new-token] button[type=submit]')!.click()
  await sees(() => expect(sent[0]?.body).toMatchObject({ person: 'p-8', actions: ['conferences.export'] }))
})
