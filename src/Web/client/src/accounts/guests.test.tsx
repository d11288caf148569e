// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { button, done, refusal, said, talking, write } from '../hub.testing'
import { drawing, sees, somebody } from '../screen.testing'
import { ViewerContext } from '../viewer/useViewer'
import { GuestLinks } from './GuestLinks'
import { mayInvite } from './guests'
import type { Grant, GrantScope } from './wire'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw } = drawing()
const { answers, sent } = talking()
const of = { network: 'ehs', conference: 'congress', session: 's-1', zone: 'Asia/Dubai', end: null }
const list = 'GET /api/guest-links?conference=congress&session=s-1'
const guest = { person: 'p-guest', name: { en: 'Dr. Kim Min-jun' }, until: '2099-01-01T09:00:00Z', signedIn: false }
const open = () =>
  draw(
    '/',
    <ViewerContext.Provider value={somebody('coordinator')}>
      <GuestLinks of={of} />
    </ViewerContext.Provider>,
  )

it('makes a link for a guest, shows it, and lists the guest', async () => {
  answers[list] = []
  answers['POST /api/guest-links'] = { person: 'p-guest', link: '/guest#p-guest.secret', until: guest.until }
  open()
  await sees(() => expect(said()).toContain('No guest is invited'))
  write('input[name=guest]', ' Dr. Kim Min-jun ')
  answers[list] = [guest]
  button('Make a link').click()
  await sees(() => expect(document.querySelector<HTMLInputElement>('[data-secret]')?.value).toContain('/guest#p-guest.secret'))
  await sees(() => expect(said('[data-guest=p-guest]')).toContain('has not signed in yet'))
  expect(sent[0]!.body).toMatchObject({ conference: 'congress', session: 's-1', name: 'Dr. Kim Min-jun' })
  expect(sent[0]!.body!.until).toMatch(/^20\d\d-/)
})

it('withdraws a link after it has asked', async () => {
  answers[list] = [guest]
  answers['DELETE /api/guest-links/p-guest'] = done()
  open()
  await sees(() => expect(said('[data-guest=p-guest]')).toContain('Dr. Kim'))
  button('Withdraw').click()
  await sees(() => expect(said('[data-sure]')).toContain('signed out at once'))
  expect(sent).toEqual([])
  button('Keep the link').click()
  await sees(() => expect(document.activeElement?.textContent).toBe('Withdraw'))
  button('Withdraw').click()
  await sees(() => expect(document.querySelector('[data-sure]')).not.toBeNull())
  answers[list] = []
  button('Withdraw').click()
  await sees(() => expect(document.querySelector('[data-guest]')).toBeNull())
  await sees(() => expect(document.activeElement?.textContent).toContain('A guest needs no account'))
  expect(sent.map((s) => `${s.method} ${s.url}`)).toEqual(['DELETE /api/guest-links/p-guest'])
})

it('says in which time a link can work', async () => {
  answers[list] = []
  answers['POST /api/guest-links'] = refusal(400, 'role.bad-period', '$.until')
  open()
  await sees(() => expect(said()).toContain('No guest is invited'))
  write('input[name=guest]', 'Kim')
  button('Make a link').click()
  await sees(() => expect(said('[role=alert]')).toBe('Choose a time between now and 90 days from now.'))
})

const grant = (role: Grant['role'], scope: Partial<GrantScope>, until: string | null = null): Grant => ({
  id: 'g',
  role,
  scope: { hospitals: [], ...scope },
  from: '2020-01-01T00:00:00Z',
  until,
  by: 'p-2',
})

it.each([
  ['a coordinator of the network', grant('coordinator', { network: 'ehs' }), true],
  ['a coordinator of another network', grant('coordinator', { network: 'other' }), false],
  ['a coordinator of some hospitals', grant('coordinator', { network: 'ehs', hospitals: ['h-1'] }), false],
  ['a coordinator of a partner', grant('coordinator', { network: 'ehs', partner: 'pa' }), false],
  ['a host of the conference', grant('host', { network: 'ehs', conference: 'congress' }), true],
  ['a host of the session', grant('host', { network: 'ehs', conference: 'congress', session: 's-1' }), true],
  ['a host of another session', grant('host', { network: 'ehs', conference: 'congress', session: 's-2' }), false],
  ['a host whose role has lapsed', grant('host', { network: 'ehs', conference: 'congress' }, '2021-01-01T00:00:00Z'), false],
  ['a speaker', grant('speaker', { network: 'ehs', conference: 'congress' }), false],
])('knows whether %s may invite guests', (_, role, expected) => expect(mayInvite({ roles: [role] }, of)).toBe(expected))
