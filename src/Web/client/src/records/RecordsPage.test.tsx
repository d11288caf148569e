// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import { said, talking, write } from '../hub.testing'
import { drawing, sees } from '../screen.testing'
import { clinicRow, list, network, roomsAt, theatreRow } from './records.testing'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw, click } = drawing()
const { answers, asked } = talking()
const rows = () => [...document.querySelectorAll('[data-record]')].map((row) => row.getAttribute('data-record'))
const press = (key: string) =>
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
const rooms = (address = '/records/ehs/rooms', language: 'en' | 'ar' = 'en') => {
  Object.assign(answers, network())
  draw(address, <App />, language)
}

it('opens the first table of the own network', async () => {
  Object.assign(answers, network())
  answers['GET /api/tables/policy?network=ehs&offset=0&take=50'] = list([
    { key: ['ehs'], path: '/api/networks/ehs/policy', tag: '"p"', mayChange: true, cells: { travel: 'warn', minimumRest: '11:00:00' } },
  ])
  draw('/records', <App />)
  await sees(() => expect(location.pathname).toBe('/records/ehs/policy'))
  await sees(() => expect(said('main dl')).toContain('11 hr'))
  expect(said('main dl')).toContain('Warn')
  expect(document.title).toContain('Rules for rosters')
})

it('groups the tables, and shows names instead of ids and instants in the zone of the network', async () => {
  rooms()
  await sees(() => expect(rows()).toEqual(['al-qassimi/clinic-1', 'al-qassimi/theatre']))
  await sees(() => expect(said('[data-record="al-qassimi/theatre"]')).toContain('Al Qassimi Hospital'))
  expect(said('[data-record="al-qassimi/theatre"]')).toContain('29 Nov 2026 00:00')
  expect(said('nav[aria-label=Tables] [role=group]:nth-of-type(2)')).toBe('HospitalsHospitalsRoomsHolidays')
  expect(said('main [role=status]')).toBe('2 records')
})

it('keeps search, sorting, filters and the open record in the address', async () => {
  rooms()
  answers[roomsAt('&search=clinic')] = list([clinicRow], 1, 2)
  answers[roomsAt('&search=clinic&sort=capacity')] = list([clinicRow], 1, 2)
  answers[roomsAt('&search=clinic&sort=capacity&descending=true')] = list([clinicRow], 1, 2)
  await sees(() => expect(rows()).toHaveLength(2))
  write('input[name=search]', 'clinic')
  await sees(() => expect(rows()).toEqual(['al-qassimi/clinic-1']))
  expect(said('main [role=status]')).toContain('1 of 2 records')
  click('[data-sort=capacity]')
  await sees(() => expect(document.querySelector('th[aria-sort=ascending]')?.textContent).toBe('Capacity'))
  click('[data-sort=capacity]')
  await sees(() => expect(document.querySelector('th[aria-sort=descending]')?.textContent).toBe('Capacity'))
  expect(location.search).toBe('?search=clinic&sort=capacity&descending=true')
  click('[data-open]')
  await sees(() => expect(document.querySelector('[data-drawer]')).not.toBeNull())
  expect(new URLSearchParams(location.search).get('record')).toBe('al-qassimi/clinic-1')
})

it('reads what the address asks for', async () => {
  answers['GET /api/tables/rooms?network=ehs&search=x&sort=capacity&offset=50&take=50&hospital=al-qassimi'] = list([theatreRow], 51, 120)
  rooms('/records/ehs/rooms?search=x&sort=capacity&page=2&hospital=al-qassimi&other=1')
  await sees(() => expect(rows()).toEqual(['al-qassimi/theatre']))
  expect(document.querySelector<HTMLInputElement>('input[name=search]')!.value).toBe('x')
  expect(asked.filter((url) => url.startsWith('/api/tables/rooms'))).toHaveLength(1)
})

it('works by keyboard', async () => {
  // The first key lets the page play sounds.
  vi.stubGlobal(
    'AudioContext',
    class {
      resume = () => Promise.resolve()
    },
  )
  rooms()
  await sees(() => expect(rows()).toHaveLength(2))
  press('/')
  expect(document.activeElement?.getAttribute('name')).toBe('search')
  press('ArrowDown')
  expect(document.activeElement?.textContent).toBe('Clinic 1')
  press('ArrowDown')
  expect(document.activeElement?.textContent).toBe('Theatre')
  press('ArrowUp')
  expect(document.activeElement?.textContent).toBe('Clinic 1')
  press('n')
  await sees(() => expect(document.querySelector('[data-drawer=new]')).not.toBeNull())
})

it('says what to enter first if a table is empty', async () => {
  rooms()
  answers[roomsAt()] = list([])
  answers['GET /api/tables/hospitals?network=ehs&offset=0&take=1'] = list([])
  await sees(() => expect(said('[data-empty=hospitals]')).toContain('the hospital comes first'))
  expect(document.querySelector('[data-empty] a')!.getAttribute('href')).toBe('/records/ehs/hospitals')
})

it('links people and sessions, which come from files, to their own pages', async () => {
  Object.assign(answers, network())
  const role = { key: ['hub', 'noor~coordinator~ehs'], path: '/api/people/noor~coordinator~ehs', tag: '"p"', mayChange: true }
  answers['GET /api/tables/people?network=ehs&offset=0&take=50'] = list([
    { ...role, cells: { userName: 'noor', 'name.en': 'Noor Haddad', role: 'coordinator', person: 'p-1' } },
  ])
  draw('/records/ehs/people', <App />)
  await sees(() => expect(document.querySelector('main [data-open]')?.getAttribute('href')).toBe('/accounts/p-1'))
  expect(said('main [data-record]')).toContain('Coordinator')
  const session = { key: ['heart', 'heart-1'], path: '/api/conferences/heart/sessions/heart-1', tag: '"s"', mayChange: true }
  answers['GET /api/tables/sessions?network=ehs&offset=0&take=50'] = list([
    { ...session, cells: { conference: 'heart', id: 'heart-1', 'title.en': 'Valves' } },
  ])
  draw('/records/ehs/sessions', <App />)
  await sees(() => expect(document.querySelector('main [data-open]')?.getAttribute('href')).toBe('/conferences/heart?session=heart-1'))
  await sees(() => expect(said('main [data-record]')).toContain('Heart days'))
})

it('speaks Arabic', async () => {
  rooms('/records/ehs/rooms', 'ar')
  await sees(() => expect(said('[data-record="al-qassimi/clinic-1"]')).toContain('مستشفى القاسمي'))
  expect(said('[data-record="al-qassimi/clinic-1"] a')).toBe('عيادة 1')
  expect(document.querySelector('h1')!.textContent).toBe('الغرف')
  expect(document.documentElement.dir).toBe('rtl')
})
