// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { Identities } from './Identities'
import { button, done, fault, refusal, said, talking, write } from '../hub.testing'
import { drawing, sees } from '../screen.testing'
import { Providers } from '../viewer/Providers'
import type { MyAccount } from './wire'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw } = drawing()
const { answers, sent } = talking()
const left: string[] = []
beforeEach(() => {
  left.length = 0
  vi.spyOn(location, 'assign').mockImplementation((address) => void left.push(String(address)))
})
const clinic = { name: 'clinic', label: { en: 'The clinic' } }
const issuer = 'https://clinic.example'
const connected = { provider: 'clinic', label: clinic.label, issuer, subject: 's-1', linkedAt: '2026-01-02T09:00:00Z' }
const account: MyAccount = {
  person: 'p-1',
  userName: 'noor',
  name: { en: 'Noor' },
  demo: false,
  roles: [],
  totp: true,
  recoveryCodes: 10,
  passkeys: 0,
  needsFactor: false,
  hasPassword: true,
}
const identities = <Identities account={account} part={(body) => <section>{body}</section>} />

it('leads to the institution and back to the page, and says why signing in has failed', async () => {
  answers['GET /api/session/providers'] = [clinic]
  draw('/conferences/c-1?day=2&problem=oidc.unknown-person', <Providers />)
  await sees(() => expect(said('a')).toBe('Sign in with The clinic'))
  expect(document.querySelector('a')!.getAttribute('href')).toBe(
    `/api/session/oidc/clinic?returnUrl=${encodeURIComponent('/conferences/c-1?day=2')}`,
  )
  expect(said('[role=alert]')).toContain('No account is connected with this identity')
})

it('accepts an invitation at the institution, and shows a refusal', async () => {
  answers['GET /api/session/providers'] = [clinic]
  answers['POST /api/invitations/provider'] = [
    refusal(404, 'link.unknown'),
    Response.json({ address: '/api/session/oidc/clinic?errand=e' }),
  ]
  draw('/invitation', <Providers invitation="secret-1" />)
  await sees(() => expect(document.querySelector('button')).not.toBeNull())
  document.querySelector('button')!.click()
  await sees(() => expect(said('[role=alert]')).toContain('The link is wrong'))
  document.querySelector('button')!.click()
  await sees(() => expect(left).toEqual(['/api/session/oidc/clinic?errand=e']))
  expect(sent.map((s) => s.body)).toEqual(Array(2).fill({ token: 'secret-1', provider: 'clinic' }))
})

it('connects the account with an institution', async () => {
  answers['GET /api/session/providers'] = [clinic]
  answers['GET /api/me/identities'] = []
  answers['POST /api/me/identities'] = { address: '/api/session/oidc/clinic?errand=e' }
  draw('/account', identities)
  await sees(() => expect(document.querySelector('button')).not.toBeNull())
  document.querySelector('button')!.click()
  await sees(() => expect(left).toEqual(['/api/session/oidc/clinic?errand=e']))
  expect(sent[0]!.body).toEqual({ provider: 'clinic', returnUrl: '/account' })
})

it('asks somebody without a second factor for the password before it connects the account', async () => {
  answers['GET /api/session/providers'] = [clinic]
  answers['GET /api/me/identities'] = []
  answers['POST /api/me/identities'] = [refusal(400, 'password.wrong', '$.password'), Response.json({ address: '/there' })]
  draw('/account', <Identities account={{ ...account, totp: false }} part={(body) => <section>{body}</section>} />)
  await sees(() => expect(document.querySelector('button')).not.toBeNull())
  document.querySelector('button')!.click()
  await sees(() => expect(document.querySelector('[role=dialog] input[name=password]')).not.toBeNull())
  expect(sent).toEqual([])
  write('[role=dialog] input[name=password]', 'mistyped')
  button('Go on').click()
  await sees(() => expect(fault('input[name=password]')).toBe('The present password is wrong.'))
  write('[role=dialog] input[name=password]', 'four long words here')
  button('Go on').click()
  await sees(() => expect(left).toEqual(['/there']))
  expect(sent.at(-1)!.body).toEqual({ provider: 'clinic', returnUrl: '/account', password: 'four long words here' })
})

it('disconnects the account, and says why it cannot', async () => {
  answers['GET /api/session/providers'] = [clinic]
  answers['GET /api/me/identities'] = [connected]
  answers[`DELETE /api/me/identities?issuer=${encodeURIComponent(issuer)}`] = [refusal(409, 'oidc.only-way'), done()]
  draw('/account', identities)
  await sees(() => expect(button('Disconnect')).toBeDefined())
  button('Disconnect').click()
  await sees(() => expect(said('[role=alert]')).toContain('This is your only way to sign in'))
  answers['GET /api/me/identities'] = []
  button('Disconnect').click()
  await sees(() => expect(said()).toContain('not connected with any institution'))
})
