// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import type { Role } from '../api/schema'
import { drawing, sees, somebody } from '../screen.testing'
import { type Application, has, type Programme, takesApplications } from './wire'

const cohort = {
  id: 'c',
  name: { en: 'March' },
  from: '2031-03-01',
  to: '2032-02-28',
  applyBy: '2031-01-31T20:00:00Z',
  places: 1,
  answerDays: 7,
}
const programme: Programme = {
  type: 'programme',
  key: 'programme/f',
  version: 7,
  profile: {
    id: 'f',
    network: 'ehs',
    kind: 'fellowship',
    name: { en: 'A fellowship' },
    summary: { en: 'A year.' },
    partner: 'asan',
    hospitals: ['h-1'],
    atPartner: false,
    languages: ['en'],
    director: 'p-9',
    reviewsPerSide: 1,
    admission: 'selection',
    public: false,
  },
  cohorts: [{ cohort, taken: 0, waiting: 0, selection: { offering: false, rankedAt: 5 } }],
  requirements: [],
}
const application = (person: string, more: Partial<Application> = {}): Application => ({
  type: 'application',
  key: `application/c/${person}`,
  version: 3,
  cohort: 'c',
  person,
  name: { en: person.toUpperCase() },
  status: 'submitted',
  submittedAt: '2031-01-01T00:00:00Z',
  changedAt: '2031-01-01T00:00:00Z',
  reviews: [],
  ...more,
})

const shown: { items: Map<string, unknown>; dossier: Map<string, unknown> } = { items: new Map(), dossier: new Map() }
const picture = (items: Map<string, unknown>) => ({ picture: { items, position: '1', at: null }, refused: null })
const nothing = { picture: { items: new Map(), position: null, at: null }, refused: null }
vi.mock('../live/useTopic', () => ({
  useTopicNow: () => nothing,
  useTopic: (topic: string | null) =>
    topic?.startsWith('programme') ? picture(shown.items) : topic?.startsWith('dossier') ? picture(shown.dossier) : nothing,
  useConnection: () => ({ state: 'live', since: 0 }),
}))

const { answers, draw, click } = drawing()
const as = (role: Role) => (answers['/api/session'] = somebody(role))
const of = (...items: { key: string }[]) => (shown.items = new Map([programme, ...items].map((item) => [item.key, item])))
const order = () => [...document.querySelectorAll('tbody [data-application]')].map((row) => row.getAttribute('data-application'))
const sent = () => {
  const bodies: unknown[] = []
  const fetch = globalThis.fetch
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) =>
    init?.method === 'POST'
      ? (bodies.push(JSON.parse(String(init.body))), Promise.resolve(Response.json({ version: 8 })))
      : fetch(url, init),
  )
  return bodies
}

it('puts applications in order and sends the order with the version that the person saw', async () => {
  as('programmeDirector')
  of(application('a', { rank: 1 }), application('b', { rank: 2 }), application('d', { status: 'withdrawn' }))
  draw('/programme/f', <App />)
  const bodies = sent()
  await sees(() => expect(order()).toEqual(['a', 'b', 'd']))
  // Only those who can still get a place can be moved.
  expect(document.querySelector('[data-application=d] [data-do]')).toBeNull()
  click('[data-application=b] [data-do=up]')
  await sees(() => expect(order()).toEqual(['b', 'a', 'd']))
  click('[data-do=rank]')
  await sees(() => expect(bodies).toHaveLength(1))
  expect(bodies[0]).toMatchObject({ type: 'rank', cohort: 'c', people: ['b', 'a'], expectedVersion: 5 })
})

it('offers places only when the time to apply is over', async () => {
  as('programmeDirector')
  of(application('a', { rank: 1 }))
  draw('/programme/f', <App />)
  await sees(() => expect(document.querySelector<HTMLButtonElement>('[data-do=offer]')?.disabled).toBe(true))
})

it('lets a trainee apply, and shows no applications of others', async () => {
  as('trainee')
  of(application('a'))
  draw('/programme/f', <App />)
  const bodies = sent()
  await sees(() => expect(document.querySelector('[data-do=apply]')).not.toBeNull())
  expect(order()).toEqual([])
  click('[data-do=apply]')
  await sees(() => expect(document.querySelector('[role=dialog] textarea')).not.toBeNull())
  click('[role=dialog] [type=submit]')
  await sees(() => expect(bodies).toHaveLength(1))
  expect(bodies[0]).toMatchObject({ type: 'apply', cohort: 'c' })
})

it('lets a trainee answer an offer', async () => {
  as('trainee')
  of()
  const own = {
    programme: 'f',
    network: 'ehs',
    cohort: 'c',
    status: 'offered',
    offeredUntil: '2031-02-10T00:00:00Z',
    changedAt: '2031-02-03T00:00:00Z',
  }
  shown.dossier = new Map([['dossier', { type: 'dossier', key: 'dossier', version: 1, documents: [], checks: [], applications: [own] }]])
  draw('/programme/f', <App />)
  const bodies = sent()
  await sees(() => expect(document.querySelector('[data-do=accept]')).not.toBeNull())
  click('[data-do=accept]')
  await sees(() => expect(bodies).toEqual([expect.objectContaining({ type: 'answer', accept: true })]))
})

it('issues a certificate after the last day of the cohort, and then shows its files', async () => {
  as('programmeDirector')
  answers['/api/programmes/f/certificates?person=a'] = []
  answers['/api/programmes/f/cohorts/c/applications/a?version=3'] = {
    application: application('a'),
    verdicts: true,
    papers: [],
    history: [],
  }
  const over = { ...programme, cohorts: [{ ...programme.cohorts[0]!, cohort: { ...cohort, from: '2020-03-01', to: '2021-02-28' } }] }
  shown.items = new Map([over, application('a', { status: 'accepted' })].map((item) => [item.key, item]))
  draw('/programme/f?application=c%2Fa', <App />)
  const bodies = sent()
  await sees(() => expect(document.querySelector('[data-completion=a] [data-do=issue]')).not.toBeNull())
  answers['/api/programmes/f/certificates?person=a'] = [
    { certificate: { number: 'f.7k3f9q2m4x', cohort: 'c', person: 'a', holder: { en: 'A' }, issuedAt: '2021-03-01T00:00:00Z' } },
  ]
  click('[data-do=issue]')
  await sees(() => expect(bodies).toEqual([{ person: 'a' }]))
  await sees(() => expect(document.querySelector('[data-do=badge]')?.getAttribute('href')).toBe('/api/certificates/f.7k3f9q2m4x/badge'))
  expect(document.querySelector('[data-do=issue]')).toBeNull()
})

it('issues no certificate while the cohort lasts', async () => {
  as('programmeDirector')
  answers['/api/programmes/f/certificates?person=a'] = []
  of(application('a', { status: 'accepted' }))
  draw('/programme/f?application=c%2Fa', <App />)
  await sees(() => expect(document.querySelector('[data-completion=a]')?.textContent).toContain('2032'))
  expect(document.querySelector('[data-do=issue]')).toBeNull()
})

it('knows which roles cover a programme', () => {
  const viewer = (scope: object) => ({ roles: [{ ...somebody('reviewer').roles[0]!, scope: { network: 'ehs', hospitals: [], ...scope } }] })
  expect(has(viewer({}), programme, 'reviewer')).toBe(true)
  expect(has(viewer({}), programme, 'programmeDirector')).toBe(false)
  expect(has(viewer({ partner: 'asan' }), programme, 'reviewer')).toBe(true)
  expect(has(viewer({ partner: 'other' }), programme, 'reviewer')).toBe(false)
  expect(has(viewer({ hospitals: ['h-2'] }), programme, 'reviewer')).toBe(false)
  expect(has(viewer({ network: 'other' }), programme, 'reviewer')).toBe(false)
})

it('takes applications until the deadline and while the programme lasts', () => {
  const at = Date.parse(cohort.applyBy)
  expect(takesApplications(programme, cohort.applyBy, at - 1)).toBe(true)
  expect(takesApplications(programme, cohort.applyBy, at)).toBe(false)
  expect(
    takesApplications({ ...programme, profile: { ...programme.profile, until: '2030-01-01T00:00:00Z' } }, cohort.applyBy, at - 1),
  ).toBe(false)
})

const initiative = {
  id: 'heart',
  kind: 'jointResearch',
  title: { en: 'A joint study' },
  aims: { en: 'To learn.' },
  sites: ['h-1'],
  stage: 'ethics',
}
const entries = () => [...document.querySelectorAll('[data-programme]')].map((entry) => entry.getAttribute('data-programme'))

it.each([
  ['trainee', null],
  ['researchLead', '/research/initiative/heart'],
] as const)('shows research in the catalogue to a %s, with a link for those who may open it', async (role, href) => {
  as(role)
  of()
  answers['/api/initiatives?network=ehs'] = [initiative]
  draw('/programmes/ehs', <App />)
  await sees(() => expect(entries()).toEqual(['f', 'initiative/heart']))
  const entry = document.querySelector('[data-programme="initiative/heart"]')!
  expect(entry.textContent).toContain('To learn.')
  expect(entry.querySelector('a')?.getAttribute('href') ?? null).toBe(href)
  // An initiative takes no applications.
  click('main input[type=checkbox]')
  await sees(() => expect(entries()).toEqual(['f']))
})

it('shows a public initiative to everybody', async () => {
  answers['/api/public/initiatives/heart'] = {
    ...initiative,
    publications: [{ title: 'Results', doi: '10.1000/1-#8?2', date: '2030-05-01' }],
  }
  draw('/public/initiatives/heart', <App />)
  await sees(() => expect(document.querySelector('h1')?.textContent).toBe('A joint study'))
  expect(document.querySelector('main a[href="https://doi.org/10.1000/1-%238%3F2"]')).not.toBeNull()
})
