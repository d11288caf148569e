// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import { fault, refusal, said, talking, write } from '../hub.testing'
import { list, network } from '../records/records.testing'
import type { RecordTable } from '../records/wire'
import { drawing, sees, somebody } from '../screen.testing'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw, click } = drawing()
const { answers, sent, asked } = talking()

const at = (table: string) => `GET /api/tables/${table}?network=ehs&take=200${table === 'engagements' ? '&sort=start&descending=true' : ''}`
const row = (id: string, cells: object = {}) => ({ key: [id, ''], path: `/${id}`, tag: '"t"', mayChange: true, cells })
/** What the hub answers for a network with a hospital, a room and these rows. */
function hub(rows: Readonly<Record<string, object[]>> = {}, accounts: object[] = []) {
  Object.assign(answers, network(), {
    'GET /api/people?role=consultant&network=ehs&take=200': { people: accounts, total: accounts.length },
  })
  // The browser of these tests knows no time zones to choose from.
  answers['GET /api/tables'] = (answers['GET /api/tables'] as RecordTable[]).map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, required: column.kind !== 'zone' && !!column.required })),
  }))
  for (const table of ['hospitals', 'rooms', 'partners', 'consultants', 'visits', 'engagements'])
    answers[at(table)] = list(rows[table] ?? (table === 'hospitals' || table === 'rooms' ? [row('one')] : []))
}

const doneSteps = () => [...document.querySelectorAll('[data-step][data-done=true]')].map((step) => step.getAttribute('data-step'))

it('goes on at the first step that is not done', async () => {
  hub()
  draw('/guide', <App />)
  await sees(() => expect(said('h2')).toBe('Partner institutions'))
  expect(doneSteps()).toEqual(['network', 'hospital'])
})

it('stores a step, and shows a refusal at its field', async () => {
  hub()
  answers['POST /api/records'] = [
    refusal(400, 'record.unknown-zone', '$.records[0].record.timeZone'),
    refusal(412, 'record.changed', '$.records[0].record'),
    Response.json({ paths: ['/api/partners/asan'] }, { status: 201 }),
  ]
  draw('/guide/ehs?step=partner', <App />)
  const name = '[data-table=partners] input[name="name.en"]'
  await sees(() => expect(document.querySelector(name)).not.toBeNull())
  write(name, 'Asan Medical Center')
  click('[data-do=again]')
  await sees(() => expect(said('[data-form]')).toContain('There is no such time zone.'))
  expect(sent.at(-1)!.body).toEqual({
    commandId: expect.any(String),
    owner: 'ehs',
    records: [{ table: 'partners', record: { id: 'asan-medical-center', name: { en: 'Asan Medical Center' } } }],
  })
  click('[data-do=again]')
  const id = '[data-table=partners] input[name=id]'
  await sees(() => expect(fault(id)).toBe('There is such a record already.'))
  write(id, 'asan-seoul')
  answers[at('partners')] = list([row('asan', { 'name.en': 'Asan Medical Center' })])
  click('[data-do=again]')
  await sees(() => expect(said('[data-form] [role=status]')).toBe('Entered: Asan Medical Center'))
  expect(sent.at(-1)!.body).toMatchObject({ records: [{ record: { id: 'asan-seoul' } }] })
  expect(document.querySelector<HTMLInputElement>(name)!.value).toBe('')
  expect(document.querySelector(id)).toBeNull()
  expect(document.activeElement).toBe(document.querySelector(name))
  await sees(() => expect(said('[data-there=partners]')).toContain('Asan Medical Center'))
})

it('offers accounts only to consultants who have none', async () => {
  hub({ consultants: [row('kim', { 'name.en': 'Kim Min-jun' }), row('lee', { 'name.en': 'Lee Seo-yeon' })] }, [{ person: 'kim' }])
  draw('/guide/ehs?step=account', <App />)
  await sees(() => expect(document.querySelector('[data-account=lee] input[name=userName]')).not.toBeNull())
  expect(document.querySelector('[data-account=kim]')).toBeNull()
  answers['POST /api/people'] = refusal(409, 'account.name-taken', '$.userName')
  click('[data-account=lee] button[type=submit]')
  await sees(() => expect(fault('[data-account=lee] input[name=userName]')).toBeTruthy())
  expect(sent.at(-1)!.body).toMatchObject({ userName: 'lee.seo.yeon', person: 'lee', roles: [{ role: 'consultant' }] })
})

it('asks an administrator of an empty hub for the network first, and reads nothing of a network', async () => {
  hub()
  answers['GET /api/session'] = { ...somebody('administrator'), network: '' }
  answers['GET /api/networks'] = []
  draw('/guide', <App />)
  await sees(() => expect(said('h2')).toBe('Network'))
  expect(document.querySelectorAll('nav[aria-label=Steps] a')).toHaveLength(1)
  expect(asked.filter((url) => url.includes('network=-') || url.endsWith('/-'))).toEqual([])
})
