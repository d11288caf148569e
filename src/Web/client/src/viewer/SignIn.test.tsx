// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { App } from '../App'
import { http } from '../api/http'
import { noteSignedIn, noteSignedOut } from '../api/signedOut'
import { button, done, fault, refusal, said, talking, write } from '../hub.testing'
import { device, type Offer } from '../passkeys.testing'
import { drawing, sees, somebody } from '../screen.testing'
import type { Screen } from '../screens'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw } = drawing()
const { answers, sent } = talking()
let reloaded = 0
beforeEach(() => {
  noteSignedIn()
  reloaded = 0
  vi.spyOn(location, 'reload').mockImplementation(() => void reloaded++)
})

const page: Screen = { path: '/conferences/:id', title: 'shell.conferences', load: () => Promise.resolve({ default: () => <p>fine</p> }) }
const app = <App inside={[page]} />
const why = () => document.querySelector('[data-why]')?.getAttribute('data-why')
const signIns = () => sent.filter((s) => s.url === '/api/session').map((s) => s.body)

async function fill() {
  await sees(() => expect(document.querySelector('input[name=userName]')).not.toBeNull())
  write('input[name=userName]', 'noor')
  write('input[name=password]', 'long words')
  button('Sign in').click()
}

it('asks for the code of the second factor in the same form, and stays at the address', async () => {
  answers['GET /api/session'] = refusal(401, 'session.none')
  answers['POST /api/session'] = [refusal(401, 'session.factor-required'), refusal(401, 'session.code-denied'), done()]
  draw('/conferences/c-1?day=2', app)
  await fill()
  await sees(() => expect(document.querySelector('input[name=code]')).not.toBeNull())
  expect(why()).toBeUndefined()
  const field = document.querySelector<HTMLInputElement>('input[name=code]')!
  expect([field.inputMode, field.autocomplete]).toEqual(['numeric', 'one-time-code'])
  expect(said('form')).toContain('a recovery code works too')
  write('input[name=code]', '000000')
  button('Sign in').click()
  await sees(() => expect(fault('input[name=code]')).toContain('The code is wrong'))
  write('input[name=code]', '123456')
  button('Sign in').click()
  await sees(() => expect(reloaded).toBe(1))
  const typed = { userName: 'noor', password: 'long words' }
  expect(signIns()).toEqual([typed, { ...typed, code: '000000' }, { ...typed, code: '123456' }])
  expect(location.pathname + location.search).toBe('/conferences/c-1?day=2')
})

it('says in a sentence what is wrong, and keeps what was typed', async () => {
  answers['GET /api/session'] = refusal(401, 'session.none')
  answers['POST /api/session'] = refusal(401, 'session.denied')
  draw('/', app)
  await fill()
  await sees(() => expect(said('[role=alert]')).toContain('The user name or the password is wrong'))
  expect(document.querySelector<HTMLInputElement>('input[name=password]')!.value).toBe('long words')
})

it.each(['session.ended', 'session.expired', 'session.deactivated'])('says why nobody is signed in: %s', async (code) => {
  answers['GET /api/session'] = refusal(401, code)
  draw('/', app)
  await sees(() => expect(why()).toBe(code))
})

it('shows the sign-in with the reason when the hub ends the sign-in, without losing the address', async () => {
  answers['GET /api/session'] = somebody('attendee')
  draw('/conferences/c-1?day=2', app)
  await sees(() => expect(said('main')).toBe('fine'))
  answers['GET /api/session'] = refusal(401, 'session.none')
  noteSignedOut('role.lost')
  await sees(() => expect(why()).toBe('role.lost'))
  expect(location.pathname + location.search).toBe('/conferences/c-1?day=2')
})

it('shows the sign-in when any request is refused because the sign-in has expired', async () => {
  answers['GET /api/session'] = somebody('attendee')
  draw('/conferences/c-1', app)
  await sees(() => expect(said('main')).toBe('fine'))
  answers['GET /api/session'] = answers['GET /api/x'] = refusal(401, 'session.expired')
  await http.get('/api/x').catch(() => undefined)
  await sees(() => expect(why()).toBe('session.expired'))
})

it('goes on when the hub still knows the person after a role was lost', async () => {
  answers['GET /api/session'] = somebody('coordinator')
  draw('/conferences/c-1', app)
  await sees(() => expect(said('main')).toBe('fine'))
  answers['GET /api/session'] = { ...somebody('attendee'), name: { en: 'Noor the attendee' } }
  noteSignedOut('role.lost')
  await sees(() => expect(document.querySelector('[aria-label*="Noor the attendee"]')).not.toBeNull())
  expect(why()).toBeUndefined()
})

it('signs in with a passkey alone, and stays at the address', async () => {
  const asked = device()
  answers['GET /api/session'] = refusal(401, 'session.none')
  answers['POST /api/session/passkey/options'] = { challenge: 'c-1' }
  answers['POST /api/session/passkey'] = [refusal(401, 'session.denied'), done()]
  draw('/conferences/c-1?day=2', app)
  await sees(() => expect(button('Sign in with a passkey')).toBeTruthy())
  button('Sign in with a passkey').click()
  await sees(() => expect(said('[role=alert]')).toContain('The hub does not accept this passkey'))
  button('Sign in with a passkey').click()
  await sees(() => expect(reloaded).toBe(1))
  expect(asked).toEqual([{ use: { challenge: 'c-1' } }, { use: { challenge: 'c-1' } }])
  expect(sent.at(-1)).toEqual({ method: 'POST', url: '/api/session/passkey', body: { credential: { id: 'used' } } })
  expect(location.pathname + location.search).toBe('/conferences/c-1?day=2')
})

it('offers passkeys in the field of the user name, and stays at the address', async () => {
  const offers: Offer[] = []
  device({ offers })
  answers['GET /api/session'] = refusal(401, 'session.none')
  answers['POST /api/session/passkey/options'] = { challenge: 'c-1' }
  answers['POST /api/session/passkey'] = done()
  vi.setSystemTime(new Date(Date.now() + 3_600_000))
  draw('/conferences/c-1?day=2', app)
  await sees(() => expect(offers).toHaveLength(1))
  expect(document.querySelector<HTMLInputElement>('input[name=userName]')!.autocomplete).toBe('username webauthn')
  offers[0]!.choose()
  await sees(() => expect(reloaded).toBe(1))
  expect(sent.at(-1)).toEqual({ method: 'POST', url: '/api/session/passkey', body: { credential: { id: 'offered' } } })
  expect(document.querySelector('[role=alert]')).toBeNull()
  expect(location.pathname + location.search).toBe('/conferences/c-1?day=2')
  vi.useRealTimers()
})

it('says that nothing has changed when the person cancels the passkey', async () => {
  device({ refuses: 'NotAllowedError' })
  answers['GET /api/session'] = refusal(401, 'session.none')
  answers['POST /api/session/passkey/options'] = {}
  draw('/', app)
  await sees(() => expect(button('Sign in with a passkey')).toBeTruthy())
  button('Sign in with a passkey').click()
  await sees(() => expect(said('[role=alert]')).toContain('nothing has changed'))
  expect(signIns()).toEqual([])
})

it('offers no passkey in a browser that has none', async () => {
  answers['GET /api/session'] = refusal(401, 'session.none')
  draw('/', app)
  await sees(() => expect(button('Sign in')).toBeTruthy())
  expect(button('Sign in with a passkey')).toBeUndefined()
})
