// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { App } from '../App'
import type { ConferenceHead } from './programme'
import { button, done, fault, refusal, said, talking, write } from '../hub.testing'
import { drawing, sees, somebody } from '../screen.testing'
import { ViewerContext } from '../viewer/useViewer'
import RegistrationDialog from './RegistrationDialog'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw } = drawing()
const { answers, sent } = talking()
const left: string[] = []
beforeEach(() => {
  left.length = 0
  vi.spyOn(location, 'replace').mockImplementation((address) => void left.push(String(address)))
})
const page = '/public/congress/register'
const programme = {
  id: 'congress',
  title: 'Congress of Surgery',
  timeZone: 'Asia/Dubai',
  release: 1,
  registration: 'open',
  rooms: [],
  sessions: [],
}
const known = (more: object = {}) => {
  answers['GET /api/session'] = refusal(401, 'session.none')
  answers['GET /api/public/conferences/congress'] = { ...programme, ...more }
}

function fill(userName: string) {
  write('input[name=name]', 'Noor Haddad')
  write('input[name=userName]', userName)
  write('input[name=new-password]', 'four long words here')
  button('Register and sign in').click()
}

it('opens an account, and leads to the programme', async () => {
  known({ registrationUntil: '2099-01-01T09:00:00Z' })
  answers['POST /api/registrations'] = [refusal(409, 'account.name-taken', '$.userName'), done()]
  draw(page, <App />)
  await sees(() => expect(said()).toContain('You can register until 1 Jan 2099'))
  fill('noor')
  await sees(() => expect(fault('input[name=userName]')).toContain('Another account has this user name'))
  expect(left).toEqual([])
  write('input[name=userName]', ' noor2 ')
  button('Register and sign in').click()
  await sees(() => expect(left).toEqual(['/conferences/congress']))
  expect(sent.at(-1)!.body).toEqual({
    conference: 'congress',
    name: 'Noor Haddad',
    userName: 'noor2',
    email: null,
    password: 'four long words here',
  })
})

it.each([
  ['closed', {}, 'The organiser does not offer registration'],
  ['over', { registrationUntil: '2026-11-01T09:00:00Z' }, 'It ended on 1 Nov 2026'],
  ['full', {}, 'Ask the organiser whether more people can attend'],
])('says that registration is %s, and leads on', async (registration, more, text) => {
  known({ registration, ...more })
  draw(page, <App />)
  await sees(() => expect(said()).toContain(text))
  expect(document.querySelector('[data-register]')).toBeNull()
  expect([...document.querySelectorAll('main a')].map((a) => a.getAttribute('href'))).toEqual(['/public/congress', '/conferences/congress'])
})

it('leads people of the network to a programme that is not open to everybody', async () => {
  answers['GET /api/session'] = refusal(401, 'session.none')
  answers['GET /api/public/conferences/congress'] = refusal(404, 'conference.unknown')
  draw(page, <App />)
  await sees(() => expect(said('[role=alert]')).toContain('You cannot register here'))
  expect([...document.querySelectorAll('main a')].map((a) => a.getAttribute('href'))).toEqual(['/conferences/congress'])
})

it('shows that all places are taken if the last one went while the person was typing', async () => {
  known()
  answers['POST /api/registrations'] = refusal(409, 'registration.full')
  draw(page, <App />)
  await sees(() => expect(document.querySelector('[data-register]')).not.toBeNull())
  answers['GET /api/public/conferences/congress'] = { ...programme, registration: 'full' }
  fill('noor')
  await sees(() => expect(said()).toContain('All places are taken'))
  expect(document.querySelector('[data-register]')).toBeNull()
})

it('tells somebody who is signed in that they need no other account', async () => {
  known()
  answers['GET /api/session'] = somebody('attendee')
  draw(page, <App />)
  await sees(() => expect(said()).toContain('You are signed in as Noor Haddad'))
  expect(document.querySelector('[data-register]')).toBeNull()
  button('Register somebody else on this device').click()
  await sees(() => expect(document.querySelector('[data-register]')).not.toBeNull())
})

const head = (more: object = {}) =>
  ({
    type: 'conference',
    id: 'congress',
    title: 'Congress',
    timeZone: 'Asia/Dubai',
    public: true,
    selfRegistration: false,
    registered: 0,
    ...more,
  }) as ConferenceHead
const dialog = (of: ConferenceHead) =>
  draw(
    '/',
    <ViewerContext.Provider value={somebody('coordinator')}>
      <RegistrationDialog head={of} close={() => undefined} />
    </ViewerContext.Provider>,
  )

it('lets the organiser allow registration for a number of people', async () => {
  answers['PUT /api/conferences/congress/registration'] = done()
  dialog(head())
  await sees(() => expect(said('[data-registration]')).toContain('People may register themselves'))
  expect(document.querySelector('[data-address]')).toBeNull()
  document.querySelector<HTMLInputElement>('[data-registration] input[role=switch]')!.click()
  await sees(() => expect(document.querySelector('[data-registration] input[inputmode=numeric]')).not.toBeNull())
  button('Save').click()
  await sees(() => expect(said('[data-registration]')).toContain('Saved'))
  expect(sent[0]!.body).toEqual({ open: true, until: null, most: null })
})

it('shows the address, and how many have registered', async () => {
  dialog(head({ selfRegistration: true, registered: 3, mostRegistrations: 3 }))
  await sees(() => expect(document.querySelector<HTMLInputElement>('[data-address]')?.value).toMatch(/\/public\/congress\/register$/))
  expect(said('[data-registered="3"]')).toContain('3 people have registered so far. All places are taken.')
})

it('says that only people of the network can register while the programme is not public', async () => {
  answers['PUT /api/conferences/congress/public'] = done()
  dialog(head({ selfRegistration: true, public: false }))
  await sees(() => expect(said('[data-registration]')).toContain('only people of the network can register'))
  expect(document.querySelector('[data-address]')).toBeNull()
  button('Open it to everybody').click()
  await sees(() => expect(sent[0]).toMatchObject({ url: '/api/conferences/congress/public', body: { public: true } }))
})
