// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import type { Role } from '../api/schema'
import { drawing, sees, somebody } from '../screen.testing'
import type { LogbookView, Programme, RotationsView } from './wire'

const cohort = {
  id: 'c',
  name: { en: 'March' },
  from: '2027-03-01',
  to: '2027-03-28',
  applyBy: '2027-01-31T20:00:00Z',
  places: 2,
  answerDays: 7,
}
const profile: Programme['profile'] = {
  id: 'f',
  network: 'ehs',
  kind: 'fellowship',
  name: { en: 'A fellowship' },
  summary: { en: 'A year.' },
  partner: 'asan',
  hospitals: [],
  atPartner: true,
  languages: ['en'],
  director: 'p-9',
  reviewsPerSide: 1,
  admission: 'selection',
  public: false,
}
const rotation = { id: 'r', cohort: 'c', person: 't', department: 'unit', from: '2027-03-01', to: '2027-03-14', supervisor: 's' }
const items = [
  {
    type: 'programme',
    key: 'programme/f',
    version: 7,
    profile,
    cohorts: [{ cohort, taken: 1, waiting: 0, selection: {} }],
    requirements: [],
  },
  { type: 'curriculum', key: 'curriculum', version: 7, departments: [{ id: 'unit', name: { en: 'Unit' }, capacity: 1 }], activities: [] },
  { type: 'rotationPlan', key: 'rotations/c', version: 7, cohort: 'c', rotations: [{ rotation, name: { en: 'Hessa' } }] },
]
const picture = { picture: { items: new Map(items.map((item) => [item.key, item])), position: '1', at: null }, refused: null }
const nothing = { picture: { items: new Map(), position: null, at: null }, refused: null }
vi.mock('../live/useTopic', () => ({
  useTopicNow: () => nothing,
  useTopic: (topic: string | null) => (topic?.startsWith('programme') ? picture : nothing),
  useConnection: () => ({ state: 'live', since: 0 }),
}))

const { answers, draw, click } = drawing()
const as = (role: Role) => (answers['/api/session'] = somebody(role))
const text = (selector: string) => [...document.querySelectorAll(selector)].map((found) => found.textContent)

it('shows how full a department is in each week, and why somebody should look at a rotation', async () => {
  as('supervisor')
  const view: RotationsView = {
    attention: [{ rotation: 'r', reason: 'paperMissing', papers: [{ en: 'Visa' }] }],
    holidays: [],
    zones: ['Asia/Dubai', 'Asia/Seoul'],
  }
  answers['/api/programmes/f/rotations-attention?version=7'] = view
  draw('/programme/f/rotations', <App />)
  await sees(() => expect(text('[data-department] [data-full]')).toEqual(['1/1', '1/1']))
  await sees(() => expect(text('[data-reason]').join()).toContain('Visa'))
  expect(document.querySelector('[data-rotation=r]')!.getAttribute('aria-label')).toContain('Hessa')
  expect(document.querySelector('[data-do=new]')).toBeNull() // a supervisor plans nobody
})

const logbook = (more: Partial<LogbookView>): LogbookView => ({
  person: 't',
  name: { en: 'Hessa' },
  programme: profile,
  cohort,
  rotations: [rotation],
  departments: [{ id: 'unit', name: { en: 'Unit' }, capacity: 1 }],
  progress: {
    activities: [{ activity: { id: 'a', name: { en: 'Biopsy' }, cases: 3, level: 'unsupervised' }, logged: 2, signedOff: 0, isMet: false }],
    isComplete: false,
  },
  entries: ['e1', 'e2'].map((id) => ({
    key: `cases/${id}`,
    id,
    activity: 'a',
    day: '2027-03-02',
    cases: 1,
    role: 'assisted',
    supervisor: 's',
    status: 'submitted',
    changedAt: '2027-03-02T10:00:00Z',
    version: 3,
  })),
  assessments: [],
  history: [],
  version: 3,
  today: '2027-03-05',
  isOwn: false,
  mayJudge: true,
  maySign: ['e1', 'e2'],
  ...more,
})

function sent() {
  const bodies: { type: string; entries?: string[]; entry?: string }[] = []
  const fetch = globalThis.fetch
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) =>
    init?.method === 'POST'
      ? (bodies.push(JSON.parse(String(init.body))), Promise.resolve(Response.json({ version: 8 })))
      : fetch(url, init),
  )
  return bodies
}

it('lets the supervisor sign all cases that wait, and nobody else', async () => {
  as('supervisor')
  const address = '/api/programmes/f/cohorts/c/logbooks/t?version=0.7'
  answers[address] = logbook({})
  const bodies = sent()
  draw('/programme/f/logbook/c/t', <App />)
  await sees(() => expect(document.querySelectorAll('[data-entry]')).toHaveLength(2))
  expect(document.querySelector<HTMLButtonElement>('[data-do=sign]')!.disabled).toBe(true)
  click('[data-do=chooseAll]')
  await sees(() => expect(document.querySelector<HTMLButtonElement>('[data-do=sign]')!.disabled).toBe(false))
  click('[data-do=sign]')
  await sees(() => expect(bodies).toHaveLength(1))
  expect(bodies[0]).toMatchObject({ type: 'signCases', entries: ['e1', 'e2'], seen: 3 })
})

it('lets the trainee log and correct cases but not judge', async () => {
  as('trainee')
  answers['/api/programmes/f/cohorts/c/logbooks/t?version=0.7'] = logbook({ isOwn: true, mayJudge: false, maySign: [] })
  const bodies = sent()
  draw('/programme/f/logbook/c/t', <App />)
  await sees(() => expect(document.querySelector('[data-form=new]')).not.toBeNull())
  for (const judge of ['sign', 'return', 'entrust', 'assess']) expect(document.querySelector(`[data-do=${judge}]`)).toBeNull()
  click('[data-entry=e2] [data-do=correct]')
  await sees(() => expect(document.querySelector('[data-form=e2]')).not.toBeNull())
  click('[data-form=e2] [data-do=log]')
  await sees(() => expect(bodies).toHaveLength(1))
  expect(bodies[0]).toMatchObject({ type: 'logCases', entry: 'e2', day: '2027-03-02', cases: 1, role: 'assisted' })
})
