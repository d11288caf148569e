// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import { button, done, fault, refusal, said, talking, write } from '../hub.testing'
import { type Device, device } from '../passkeys.testing'
import { drawing, sees, somebody } from '../screen.testing'
import { screens } from '../screens'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw } = drawing()
const { answers, sent } = talking()
const laptop = { id: 'k-1', name: 'Laptop', at: '2026-11-20T08:00:00Z', usedAt: null }
const phone = { id: 'k-2', name: 'Phone', at: '2026-11-20T08:00:00Z', usedAt: '2026-11-20T09:00:00Z' }

function signedIn(passkeys: readonly unknown[], more: object = {}, factor = passkeys.length > 0 ? 'given' : 'none') {
  answers['GET /api/session'] = { ...somebody('coordinator'), factor }
  answers['GET /api/me'] = {
    person: 'p-1',
    userName: 'noor',
    name: somebody('coordinator').name,
    email: null,
    demo: false,
    roles: [],
    totp: false,
    recoveryCodes: 0,
    passkeys: passkeys.length,
    needsFactor: false,
    hasPassword: true,
    ...more,
  }
  answers['GET /api/me/passkeys'] = passkeys
  answers['GET /api/me/sign-ins'] = []
}

async function open(with_: Device = {}) {
  const asked = device(with_)
  draw('/account', <App inside={screens} />)
  await sees(() => expect(document.querySelector('[data-passkeys]')).not.toBeNull())
  return asked
}

const submit = () => document.querySelector<HTMLButtonElement>('[role=dialog] button[type=submit]')!.click()

it('asks for a name and the password, lets the device make a passkey, and shows it', async () => {
  signedIn([])
  answers['POST /api/me/passkeys/options'] = [refusal(400, 'password.wrong', '$.password'), Response.json({ challenge: 'c-1' })]
  answers['POST /api/me/passkeys'] = laptop
  const asked = await open()
  await sees(() => expect(button('Add a passkey')).toBeTruthy())
  button('Add a passkey').click()
  await sees(() => expect(document.querySelector('input[name=password]')).not.toBeNull())
  write('input[name=name]', ' Laptop ')
  write('input[name=password]', 'wrong')
  submit()
  await sees(() => expect(fault('input[name=password]')).toBe('The present password is wrong.'))
  expect(asked).toEqual([])
  write('input[name=password]', 'right')
  signedIn([laptop])
  submit()
  await sees(() => expect(said('[data-own-passkey=k-1]')).toContain('LaptopAdded on'))
  expect(said('[data-own-passkey=k-1]')).toContain('Not used yet')
  expect(said('[data-second-factor=true]')).toContain('on')
  expect(asked).toEqual([{ make: { challenge: 'c-1' } }])
  expect(sent.map((s) => s.body)).toEqual([{ password: 'wrong' }, { password: 'right' }, { credential: { id: 'made' }, name: 'Laptop' }])
})

it.each([
  ['NotAllowedError', 'You cancelled, it took too long, or there is no passkey'],
  ['InvalidStateError', 'This device already has a passkey'],
  ['ConstraintError', 'Set up a screen lock'],
  ['SecurityError', 'Passkeys do not work at this address'],
  ['UnknownError', 'The browser could not use a passkey'],
])('says what to do when the device refuses with %s', async (name, sentence) => {
  signedIn([phone])
  answers['POST /api/me/passkeys/options'] = {}
  await open({ refuses: name })
  await sees(() => expect(button('Add a passkey')).toBeTruthy())
  button('Add a passkey').click()
  await sees(() => expect(document.querySelector('[role=dialog] input[name=name]')).not.toBeNull())
  expect(document.querySelector('input[name=password]')).toBeNull()
  write('[role=dialog] input[name=name]', 'Another')
  submit()
  await sees(() => expect(said('[role=dialog] [role=alert]')).toContain(sentence))
  expect(sent.map((s) => s.url)).toEqual(['/api/me/passkeys/options'])
})

it('gives a passkey again when the hub demands it, and then removes a passkey', async () => {
  signedIn([laptop, phone])
  answers['DELETE /api/me/passkeys/k-1'] = [refusal(403, 'session.factor-again'), done()]
  answers['POST /api/session/factor/passkey/options'] = { challenge: 'c-2' }
  answers['POST /api/session/factor/passkey'] = [refusal(400, 'passkey.wrong', '$.credential'), done()]
  const asked = await open()
  await sees(() => expect(said('[data-own-passkey=k-2]')).toContain('Last used'))
  document.querySelector<HTMLButtonElement>('[aria-label*="Remove the passkey"][aria-label*="Laptop"]')!.click()
  await sees(() => expect(document.querySelector('[role=dialog] button[type=submit]')).not.toBeNull())
  submit()
  await sees(() => expect(document.querySelector('[data-factor] [data-passkey]')).not.toBeNull())
  expect(document.querySelector('[data-factor] input[name=code]')).toBeNull()
  const use = () => document.querySelector<HTMLButtonElement>('[data-factor] [data-passkey]')!.click()
  use()
  await sees(() => expect(said('[data-factor] [role=alert]')).toContain('Perhaps it belongs to another account'))
  signedIn([phone])
  use()
  await sees(() => expect(document.querySelector('[data-own-passkey=k-1]')).toBeNull())
  expect(asked).toEqual([{ use: { challenge: 'c-2' } }, { use: { challenge: 'c-2' } }])
  expect(sent.filter((s) => s.method === 'DELETE')).toHaveLength(2)
})

it('renames a passkey', async () => {
  signedIn([laptop])
  answers['PUT /api/me/passkeys/k-1'] = { ...laptop, name: 'Desk' }
  await open()
  await sees(() => expect(document.querySelector('[data-own-passkey=k-1]')).not.toBeNull())
  document.querySelector<HTMLButtonElement>('[aria-label*="Rename the passkey"]')!.click()
  await sees(() => expect(document.querySelector('[role=dialog] input[name=name]')).not.toBeNull())
  write('[role=dialog] input[name=name]', 'Desk')
  signedIn([{ ...laptop, name: 'Desk' }])
  submit()
  await sees(() => expect(said('[data-own-passkey=k-1]')).toContain('Desk'))
  expect(sent).toEqual([{ method: 'PUT', url: '/api/me/passkeys/k-1', body: { name: 'Desk' } }])
})

it('makes recovery codes without a code of an app for a person who has only passkeys', async () => {
  signedIn([laptop])
  answers['POST /api/me/recovery-codes'] = { recoveryCodes: ['k3x9-1'] }
  await open()
  await sees(() => expect(button('Make new recovery codes')).toBeTruthy())
  button('Make new recovery codes').click()
  await sees(() => expect(document.querySelector('[role=dialog] button[type=submit]')).not.toBeNull())
  expect(document.querySelector('[role=dialog] input[name=code]')).toBeNull()
  submit()
  await sees(() => expect(said('[data-codes]')).toContain('k3x9-1'))
  expect(sent).toEqual([{ method: 'POST', url: '/api/me/recovery-codes', body: {} }])
})

it('does not offer to remove the last second factor that a role demands', async () => {
  signedIn([laptop], { needsFactor: true })
  await open()
  await sees(() => expect(said('[data-passkeys]')).toContain('This passkey is the only one'))
  expect(document.querySelector('[aria-label*="Remove the passkey"]')).toBeNull()
})

it('asks for the second factor of a person who has one and has signed in without it', async () => {
  signedIn([laptop], { needsFactor: true }, 'missing')
  answers['POST /api/session/factor/passkey/options'] = {}
  answers['POST /api/session/factor/passkey'] = done()
  await open()
  expect(said('main')).toContain('Give your second factor first')
  button('Give the second factor').click()
  await sees(() => expect(document.querySelector('[data-factor] [data-passkey]')).not.toBeNull())
  signedIn([laptop], { needsFactor: true })
  document.querySelector<HTMLButtonElement>('[data-factor] [data-passkey]')!.click()
  await sees(() => expect(said('main')).not.toContain('Give your second factor first'))
})

it('says that passkeys do not work in a browser that has none', async () => {
  signedIn([])
  draw('/account', <App inside={screens} />)
  await sees(() => expect(said('[data-passkeys]')).toContain('This browser cannot use passkeys'))
  expect(button('Add a passkey')).toBeUndefined()
})
