// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { App } from '../App'
import { drawing, sees, somebody } from '../screen.testing'

const item = {
  type: 'initiative',
  key: 'initiative/heart',
  version: 4,
  id: 'heart',
  kind: 'jointResearch',
  title: { en: 'Heart study', ar: 'دراسة القلب', ko: '심장 연구' },
  stage: 'ethics',
  partner: 'asan',
  sites: ['north'],
  leads: ['p-1'],
  next: { en: 'Protocol' },
  nextDue: '2026-01-05',
  late: 1,
  openTasks: 2,
  changed: 9,
}
let items: unknown[] = []
vi.mock('../live/useTopic', () => ({
  useTopicNow: () => ({ picture: { items: new Map(), position: null, at: null }, refused: null }),
  useTopic: (topic: string | null) => ({
    picture: {
      items: new Map(topic === 'research/ehs' ? items.map((one) => [(one as typeof item).key, one]) : []),
      position: '1',
      at: null,
    },
    refused: null,
  }),
  useConnection: () => ({ state: 'live', since: 0 }),
}))

const { answers, draw } = drawing()
const text = () => document.querySelector('main')?.textContent.replace(/[\u2066-\u2069]/g, '') ?? ''
const profile = {
  id: 'heart',
  network: 'ehs',
  kind: 'jointResearch',
  title: item.title,
  aims: { en: 'To compare care.' },
  partner: 'asan',
  sites: ['north'],
  lead: 'p-1',
  partnerLead: null,
  stage: 'ethics',
  open: false,
}
const initiative = {
  profile,
  milestones: [{ id: 'protocol', name: { en: 'Protocol' }, due: '2026-01-05', after: [] }],
  tasks: [
    { id: 't-own', title: 'Write the leaflet', owner: 'p-me', due: null, done: null },
    { id: 't-other', title: 'Invite the jury', owner: 'p-1', due: null, done: null },
  ],
  approvals: [],
  papers: [{ id: 'd', title: 'Protocol, version 2', link: 'https://example.org/p', reference: null }],
  outputs: [{ id: 'o', kind: 'dataset', title: 'Data', doi: '10.5555/x', reference: null, date: null }],
  resources: [],
  calls: [{ id: 'c', title: { en: 'Quiet nights' }, opens: '2020-01-01T00:00:00Z', closes: '2999-01-01T00:00:00Z', budget: null }],
  proposals: [{ id: 'p', call: 'c', title: 'Lights', summary: null, proposer: 'p-1', submitted: '2026-01-02T08:00:00Z' }],
  decisions: [{ proposal: 'p', outcome: 'reserved', by: 'p-1', at: '2026-01-03T08:00:00Z' }],
  meetings: [
    {
      engagement: 'm-1',
      week: '2026-W49',
      title: 'Steering group',
      hospital: 'h-1',
      room: null,
      consultants: [],
      start: '2026-12-01T06:00:00Z',
      end: '2026-12-01T07:00:00Z',
      status: 'confirmed',
      isGone: false,
    },
    {
      engagement: 'm-2',
      week: '2026-W49',
      title: 'Not ours any more',
      hospital: 'h-1',
      room: null,
      consultants: [],
      start: '2026-12-02T06:00:00Z',
      end: '2026-12-02T07:00:00Z',
      status: 'confirmed',
      isGone: true,
    },
  ],
  late: [{ milestone: 'protocol', due: '2026-01-05', toldAt: '2026-01-05T20:00:00Z', acknowledged: true, escalated: false }],
  version: 9,
}
const view = {
  initiative,
  stages: [{ stage: 'ethics', at: '2026-01-01T08:00:00Z', by: 'p-1' }],
  mayChange: false,
  mayDecide: false,
  leads: false,
}

beforeEach(() => {
  items = [item]
  answers['/api/session'] = { ...somebody('consultant'), person: 'p-me' }
  const partners = [{ id: 'asan', name: { en: 'Asan' }, timeZone: 'Asia/Seoul' }]
  answers['/api/networks/ehs'] = { network: { id: 'ehs', name: { en: 'EHS' }, timeZone: 'Asia/Dubai', partners }, currentWeek: '2026-W48' }
  answers['/api/networks'] = []
  answers['/api/hospitals?network=ehs'] = [{ id: 'north', name: { en: 'North Hospital' }, timeZone: 'Asia/Dubai', rooms: [] }]
  answers['/api/consultants?network=ehs'] = []
  answers['/api/networks/ehs/people'] = [{ id: 'p-1', name: { en: 'Noor Haddad' } }]
  answers['/api/specialties'] = []
  answers['/api/tables'] = []
  answers['/api/initiatives/heart/overview'] = view
})

it('shows the initiatives by stage, with what is late, and links to them', async () => {
  draw('/research', <App />)
  await sees(() => expect(text()).toContain('Heart study'))
  const card = document.querySelector('[data-initiative=heart]')!
  expect(card.closest('[data-stage-group]')?.getAttribute('data-stage-group')).toBe('ethics')
  for (const said of ['Joint research', 'Asan · North Hospital', 'Noor Haddad', '1 late milestone', '2 open tasks'])
    expect(card.textContent).toContain(said)
  expect(card.querySelector('a')?.getAttribute('href')).toBe('/research/initiative/heart')
  expect(document.querySelector('[data-do=new]')).toBeNull()
})

it('says who can enter the first initiative', async () => {
  items = []
  draw('/research', <App />, 'ko')
  await sees(() => expect(text()).toContain('아직 과제가 없습니다'))
  expect(text()).toContain('연구 책임자')
})

it('says that no initiative matches the filters, and shows all again', async () => {
  draw('/research?kind=researchInfrastructure', <App />)
  await sees(() => expect(text()).toContain('No initiative matches'))
  ;[...document.querySelectorAll('button')].find((button) => button.textContent === 'Show all')!.click()
  await sees(() => expect(text()).toContain('Heart study'))
})

it('shows everything about an initiative, in both zones', async () => {
  draw('/research/initiative/heart', <App />)
  await sees(() => expect(text()).toContain('To compare care.'))
  for (const said of [
    'No research data is stored here',
    'Late: due 5 Jan 2026',
    'A lead has acknowledged this',
    'No approval is entered for',
    'On the reserve list',
    'Seoul 17:00',
  ])
    expect(text()).toContain(said)
  await sees(() => expect(document.title).toContain('Heart study'))
  expect(document.querySelector('[data-entry=o] a')?.getAttribute('href')).toBe('https://doi.org/10.5555/x')
  expect(document.querySelector('[data-add]')).toBeNull()
})

it('lets people mark their own tasks, and sends the command once', async () => {
  draw('/research/initiative/heart', <App />)
  await sees(() => expect(document.querySelector('[data-entry=t-own] input')).not.toBeNull())
  expect(document.querySelector<HTMLInputElement>('[data-entry=t-other] input')?.disabled).toBe(true)
  const sent: { url: string; body: Record<string, unknown> }[] = []
  const known = fetch
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    if (init?.method !== 'POST') return known(url)
    sent.push({ url, body: JSON.parse(String(init.body)) as Record<string, unknown> })
    return Promise.resolve(new Response(null, { status: 204 }))
  })
  document.querySelector<HTMLInputElement>('[data-entry=t-own] input')!.click()
  await sees(() => expect(sent).toHaveLength(1))
  expect(sent[0]).toMatchObject({ url: '/api/initiatives/heart/commands', body: { type: 'markTask', task: 't-own', done: true } })
})

it('offers those who may change it a form for each part, and a way to propose while a call is open', async () => {
  answers['/api/initiatives/heart/overview'] = { ...view, mayChange: true }
  draw('/research/initiative/heart', <App />, 'ar')
  await sees(() => expect(document.querySelectorAll('[data-add]')).toHaveLength(7))
  expect(document.querySelector('[data-do=propose]')).not.toBeNull()
  expect(document.querySelector('[data-empty]')).toBeNull()
})

it('shows the meetings in both zones, and lets only coordinators plan one', async () => {
  draw('/research/initiative/heart', <App />)
  await sees(() => expect(document.querySelectorAll('[data-meeting]')).toHaveLength(1))
  const meeting = document.querySelector('[data-meeting=m-1]')!
  expect(meeting.textContent).toContain('10:00')
  expect(meeting.textContent).toContain('Seoul 15:00')
  expect(document.querySelector('[data-do=planMeeting]')).toBeNull()
})
