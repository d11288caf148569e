// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { App } from '../App'
import { noteSignedIn, noteSignedOut } from '../api/signedOut'
import { button, refusal, said, talking, write } from '../hub.testing'
import { drawing, sees, somebody } from '../screen.testing'
import DevicePage from './DevicePage'
import GuestPage from './GuestPage'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw } = drawing()
const { answers, sent } = talking()
const left: string[] = []
beforeEach(() => {
  left.length = 0
  noteSignedIn()
  sessionStorage.clear()
  vi.spyOn(location, 'replace').mockImplementation((address) => void left.push(String(address)))
})

it.each([
  ['/device', '/api/device-links/use', <DevicePage key="d" />, '/board/ehs'],
  ['/guest', '/api/guest-links/use', <GuestPage key="g" />, '/conferences/c/sessions/s/backstage'],
])('%s sends the token of its link once and goes to the page', async (address, at, page, to) => {
  answers[`POST ${at}`] = { page: to }
  draw(`${address}#p-1.secret`, page)
  await sees(() => expect(left).toEqual([to]))
  expect(sent).toEqual([{ method: 'POST', url: at, body: { token: 'p-1.secret' } }])
})

const speaker = (session?: string) => ({
  ...somebody('speaker'),
  roles: [{ id: 'g', role: 'speaker', scope: { hospitals: [], network: 'ehs', conference: 'c', session }, from: '2020-01-01T00:00:00Z' }],
})

it.each([
  ['a guest', 's', 'Your link was withdrawn'],
  ['somebody with an account who signs in after the guest', undefined, 'Your account was deactivated'],
])('tells %s why nobody is signed in any more', async (_, session, text) => {
  answers['POST /api/guest-links/use'] = { page: '/' }
  draw('/guest#p-1.secret', <GuestPage />)
  await sees(() => expect(left).toEqual(['/']))
  answers['GET /api/session'] = speaker(session)
  draw('/', <App inside={[]} />)
  await sees(() => expect(document.querySelector('[aria-label*="Noor"]')).not.toBeNull())
  answers['GET /api/session'] = refusal(401, 'session.deactivated')
  noteSignedOut('session.deactivated')
  await sees(() => expect(said('[data-why]')).toContain(text))
})

it.each([
  ['a used link', '/device#used'],
  ['a link without its secret', '/device'],
])('says what to do about %s', async (_, address) => {
  answers['POST /api/device-links/use'] = refusal(404, 'link.unknown')
  draw(address, <DevicePage />)
  await sees(() => expect(said('[role=alert]')).toContain('Make a new link for this device'))
  expect(left).toEqual([])
})

const device = {
  person: 'p-wall',
  name: { en: 'Lobby wall' },
  userName: 'device-1',
  grants: [],
  deactivated: false,
  signedInUntil: '2099-01-02T09:00:00Z',
}

function administrating() {
  answers['GET /api/session'] = { ...somebody('administrator'), network: null, factor: 'given' }
  answers['GET /api/device-links'] = [device]
  answers['GET /api/networks'] = [{ network: { id: 'ehs', name: { en: 'Emirates' }, partners: [] }, currentWeek: '2026-W48' }]
  answers['GET /api/hospitals?network=ehs'] = []
}

it('makes a link for a new device and shows it', async () => {
  administrating()
  answers['POST /api/device-links'] = { person: 'p-new', link: '/device#p-new.secret', until: '2099-01-02T09:00:00Z' }
  draw('/devices', <App />)
  await sees(() => expect(said()).toContain('Lobby wall'))
  expect(said()).toContain('signed in')
  write('input[name=name]', 'North wall')
  await sees(() => expect(button('Make a link').disabled).toBe(false))
  button('Make a link').click()
  await sees(() => expect(document.querySelector<HTMLInputElement>('[data-secret]')?.value).toContain('/device#p-new.secret'))
  expect(sent[0]!.body).toMatchObject({ name: 'North wall', network: 'ehs', hospitals: [], page: '/board' })
})

it('switches a device off', async () => {
  administrating()
  answers['PUT /api/people/p-wall/activation'] = device
  draw('/devices', <App />)
  await sees(() => expect(said()).toContain('Lobby wall'))
  button('Switch off').click()
  await sees(() => expect(sent.at(-1)).toMatchObject({ url: '/api/people/p-wall/activation', body: { active: false } }))
})
