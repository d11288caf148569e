// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { App } from '../App'
import { drawing, sees, somebody } from '../screen.testing'

const tomorrow = (clock: string) => `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T${clock}Z`
const engagement = {
  type: 'engagement',
  key: 'engagement/e-1',
  id: 'e-1',
  kind: 'consultation',
  status: 'confirmed',
  title: 'Clinic',
  hospital: 'h',
  room: 'r',
  consultants: ['c-1'],
  attention: [],
  start: tomorrow('07:00:00'),
  end: tomorrow('08:00:00'),
  version: 1,
}
vi.mock('../live/useTopic', () => ({
  useTopicNow: () => ({ picture: { items: new Map(), position: null, at: null }, refused: null }),
  useTopic: (topic: string | null) => {
    const items = topic === 'itinerary/c-1/2026-W48/ehs' ? [[engagement.key, engagement] as const] : []
    return { picture: { items: new Map(items), position: items.length > 0 ? '1' : null, at: null }, refused: null }
  },
  useConnection: () => ({ state: 'live', since: 0 }),
}))

const { answers, draw } = drawing()
const text = () => document.querySelector('main')?.textContent ?? ''

beforeEach(() => {
  answers['/api/session'] = somebody('coordinator')
  const network = { id: 'ehs', name: { en: 'EHS' }, timeZone: 'Asia/Dubai', partners: [] }
  answers['/api/networks/ehs'] = { network, currentWeek: '2026-W48' }
  answers['/api/hospitals?network=ehs'] = [
    { id: 'h', name: { en: 'Seoul Clinic' }, timeZone: 'Asia/Seoul', rooms: [{ id: 'r', name: { en: 'Room 1' } }] },
  ]
  answers['/api/consultants?network=ehs'] = [{ id: 'c-1', name: { en: 'Kim Min-jun' }, specialties: [], homeTimeZone: 'Asia/Seoul' }]
  answers['/api/networks/ehs/people'] = [
    { id: 'p-1', name: { en: 'Noor Haddad' } },
    { id: 'p-2', name: { en: 'Sara Omar' } },
  ]
  answers['/api/specialties'] = []
})

it('shows coordinators their own name and role on their own page', async () => {
  draw('/people/p-1', <App />)
  await sees(() => expect(text()).toContain('Noor Haddad'))
  expect(text()).toContain('Coordinator')
  expect(text()).toContain('Not a consultant')
  await sees(() => expect(document.title).toBe('Noor Haddad · Consult Hub'))
})

it('names people of the network who are not consultants, and says if the address names nobody', async () => {
  draw('/people/p-2', <App />)
  await sees(() => expect(text()).toContain('Sara Omar'))
  expect(text()).not.toContain('Coordinator')
  draw('/people/p-9', <App />)
  await sees(() => expect(text()).toBe('Nobody is known at this address.'))
})

it('shows how to reach a consultant, and what proves the credentials, if the hub sends them', async () => {
  const kim = (answers['/api/consultants?network=ehs'] as object[])[0]!
  draw('/people/c-1', <App />)
  await sees(() => expect(text()).toContain('Kim Min-jun'))
  expect(text()).not.toContain('Contact')
  expect(document.querySelector('[data-credentials]')).toBeNull()
  const heart = { hospital: 'h', specialty: 'cardiology', from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' }
  answers['/api/consultants?network=ehs'] = [
    { ...kim, contact: '+82 2 3010 3114', credentials: [{ ...heart, licence: 'DHA-17', evidence: 'File 2026/114' }] },
  ]
  draw('/people/c-1?again', <App />)
  await sees(() => expect(document.querySelector('[data-contact]')?.textContent).toContain('+82 2 3010 3114'))
  const credentials = document.querySelector('[data-credentials]')!.textContent.replace(/[\u2066-\u2069]/g, '')
  expect(credentials).toContain('cardiology · Seoul Clinic · 1 Jan 2026 to 1 Jan 2027')
  expect(credentials).toContain('Licence: DHA-17')
  expect(credentials).toContain('What proves it: File 2026/114')
})

it('names the time zone of a consultant’s days', async () => {
  draw('/people/c-1', <App />)
  await sees(() => expect(text().replace(/[\u2066-\u2069]/g, '')).toContain('Room 1 · Seoul Clinic · Seoul time'))
})
