// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import { said } from '../hub.testing'
import { drawing, sees, somebody } from '../screen.testing'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)
vi.mock('./ScorecardChart', () => ({ default: () => <i data-chart /> }))

const { answers, draw, click } = drawing()
const score = (planned: number, done: number, notRecorded = 0) => ({ planned, done, notRecorded })
const period = 'from=2025-01-01&to=2025-12-31'
const figure = (name: string, total: object) => ({
  figure: name,
  total,
  months: [{ id: '2025-01', score: total }],
  hospitals: [{ id: 'h-1', score: total }],
  specialties: [],
  partners: [],
})

it('shows each figure, and the rows behind it with a link to the engagement', async () => {
  answers['/api/session'] = somebody('coordinator')
  answers['/api/networks/ehs'] = {
    network: { id: 'ehs', name: { en: 'EHS' }, timeZone: 'Asia/Dubai', partners: [{ id: 'asan', name: { en: 'Asan' } }] },
    currentWeek: '2026-W49',
  }
  answers['/api/hospitals?network=ehs'] = [{ id: 'h-1', name: { en: 'North' }, rooms: [] }]
  answers['/api/consultants?network=ehs'] = answers['/api/networks/ehs/people'] = answers['/api/specialties'] = []
  answers['/api/scorecards/ehs/reports'] = []
  answers[`/api/scorecards/ehs?${period}`] = {
    from: '2025-01-01',
    to: '2025-12-31',
    zone: 'Asia/Dubai',
    filter: {},
    at: new Date().toISOString(),
    parts: [],
    figures: [figure('visits', score(0, 0)), figure('operations', score(164, 701, 2)), figure('electives', score(3, 2))],
  }
  answers[`/api/scorecards/ehs/rows?figure=operations&${period}&take=50&skip=0`] = {
    count: 1,
    rows: [
      {
        thing: { kind: 'engagement', id: 'e-1', title: 'Spine surgery', week: '2025-W10' },
        day: '2025-03-04',
        hospitals: ['h-1'],
        specialties: ['spine'],
        partners: ['asan'],
        planned: 1,
        done: 3,
        notRecorded: 0,
      },
    ],
  }
  answers[`/api/scorecards/ehs/rows?figure=electives&${period}&take=50&skip=0`] = {
    count: 1,
    rows: [
      {
        thing: { kind: 'cohort', id: 'p-1/spring', title: 'Fellowship · Spring', name: { en: 'Fellowship · Spring' } },
        day: '2025-03-04',
        hospitals: [],
        specialties: [],
        partners: ['asan'],
        planned: 3,
        done: 2,
        notRecorded: 0,
      },
    ],
  }
  draw(`/scorecard/ehs?${period}`, <App />)
  await sees(() => expect(said('[data-line=operations]')).toBe('Operations1647012'))
  expect(document.querySelector('[data-line=visits] button')).toBeNull()
  await sees(() => expect(document.querySelector('[data-chart]')).not.toBeNull())
  click('[data-line=operations] td:nth-child(3) button')
  await sees(() => expect(said('[data-rows]')).toContain('Spine surgery'))
  expect(document.querySelector('[data-rows] a[href="/board/ehs/2025-W10?show=e-1"]')).not.toBeNull()
  expect(said('[data-rows]')).toContain('1 row')
  expect(location.search).toContain('rows=operations')
  expect(said('[data-group=education]')).toContain('People in electives and fellowships320')
  click('[data-line=electives] td:nth-child(3) button')
  await sees(() => expect(document.querySelector('[data-rows=electives] a[href="/programme/p-1"]')).not.toBeNull())
})
