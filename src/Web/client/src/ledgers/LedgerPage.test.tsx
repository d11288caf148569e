// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import { said } from '../hub.testing'
import { drawing, sees, somebody } from '../screen.testing'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { answers, draw, click } = drawing()
const period = 'from=2025-01-01&to=2025-12-31'
const fusion = { id: 'fusion', specialty: 'spine', name: { en: 'Spinal fusion' }, assisted: 10, supervised: 5 }

function hub(standings: object[], more: object = {}) {
  answers['/api/session'] = somebody('coordinator')
  answers['/api/networks/ehs'] = {
    network: { id: 'ehs', name: { en: 'EHS' }, timeZone: 'Asia/Dubai', partners: [{ id: 'asan', name: { en: 'Asan' } }] },
    currentWeek: '2026-W49',
  }
  answers['/api/hospitals?network=ehs'] = [
    { id: 'h-0', name: { en: 'South' }, rooms: [], procedures: [] },
    { id: 'h-1', name: { en: 'North' }, rooms: [], procedures: [fusion] },
  ]
  answers['/api/consultants?network=ehs'] = answers['/api/networks/ehs/people'] = []
  answers['/api/specialties'] = [{ code: 'spine', name: { en: 'Spine surgery' } }]
  answers[`/api/hospitals/h-1/ledger?${period}`] = {
    network: 'ehs',
    hospital: 'h-1',
    from: '2025-01-01',
    to: '2025-12-31',
    today: '2026-12-01',
    at: new Date().toISOString(),
    partners: [],
    specialties: [
      {
        specialty: 'spine',
        figures: [{ figure: 'operations', score: { planned: 3, done: 4, notRecorded: 1 } }],
        procedures: standings,
      },
    ],
    ...more,
  }
}

const standing = (more: object) => ({
  agreed: fusion,
  countedFrom: '2021-12-01',
  counts: { assisted: 7, supervised: 0, alone: 0 },
  level: 'notYet',
  pace: { from: '2025-12-02', to: '2026-12-01', visits: 2, cases: 4 },
  steps: [
    { level: 'supervised', missing: 3, visits: 2 },
    { level: 'alone', missing: 8, visits: 4 },
  ],
  ...more,
})

it('shows the level of a procedure, what is missing, and the engagements behind a count', async () => {
  hub([standing({})])
  answers['/api/hospitals/h-1/ledger/cases?procedure=fusion&take=50&skip=0'] = {
    count: 1,
    lines: [
      { procedure: 'fusion', engagement: 'e-1', week: '2025-W10', day: '2025-03-04', title: 'Spine', assisted: 7, supervised: 0, alone: 0 },
    ],
  }
  draw(`/ledger/ehs/h-1?${period}`, <App />)
  await sees(() => expect(said('[data-procedure=fusion]')).toContain('7 of 10'))
  const line = said('[data-procedure=fusion]')
  expect(line).toContain('Not yet')
  expect(line).toContain('Under supervision: 3 more cases, about 2 more visits')
  expect(line).toContain('Alone: 8 more cases, about 4 more visits')
  expect(line).toContain('4 cases of visiting consultants in 2 visits')
  expect(document.querySelector('[data-procedure=fusion] svg')).not.toBeNull()
  click('[data-procedure=fusion] button')
  await sees(() => expect(said('[data-cases=fusion]')).toContain('Spine'))
  expect(document.querySelector('[data-cases] a[href="/board/ehs/2025-W10?show=e-1"]')).not.toBeNull()
})

it('says why nobody knows the number of visits, and when both sides can sign', async () => {
  hub([
    standing({
      pace: { from: '2025-12-02', to: '2026-12-01', visits: 0, cases: 0 },
      steps: [{ level: 'supervised', missing: 1, why: 'noVisit' }],
    }),
    standing({ agreed: { ...fusion, id: 'ready' }, level: 'supervised', steps: [{ level: 'alone', missing: 0, visits: 0 }] }),
    standing({ agreed: { ...fusion, id: 'signed', signedOn: '2026-11-01', reference: 'A-7' }, level: 'alone', steps: [] }),
  ])
  draw(`/ledger/ehs/h-1?${period}&2`, <App />)
  await sees(() => expect(said('[data-procedure=fusion]')).toContain('1 more case. Nobody can say in how many visits'))
  expect(said('[data-procedure=ready]')).toContain('Both sides can now sign')
  expect(said('[data-procedure=signed]')).toContain('Both sides signed this')
  expect(said('[data-procedure=signed]')).toContain('A-7')
})

it('opens the first hospital that has agreed a procedure, and names the partner to which the counts are limited', async () => {
  hub([standing({ pace: null, steps: [] })], { partners: ['asan'] })
  draw(`/ledger/ehs/h-1?${period}&3`, <App />)
  await sees(() => expect(said('[role=note]')).toContain('Asan'))
  draw('/ledger/ehs', <App />)
  await sees(() => expect(location.pathname).toBe('/ledger/ehs/h-1'))
})

it('opens the rows of figures without a specialty, and speaks of no procedures there', async () => {
  hub([], {
    specialties: [{ specialty: '', figures: [{ figure: 'lectures', score: { planned: 2, done: 1, notRecorded: 0 } }], procedures: [] }],
  })
  answers[`/api/scorecards/ehs/rows?figure=lectures&withoutSpecialty=true&${period}&hospital=h-1&take=50&skip=0`] = {
    count: 1,
    rows: [
      {
        thing: { kind: 'engagement', id: 'e-9', title: 'Grand round', week: '2025-W10' },
        day: '2025-03-04',
        hospitals: ['h-1'],
        specialties: [],
        partners: ['asan'],
        planned: 0,
        done: 1,
        notRecorded: 0,
      },
    ],
  }
  draw(`/ledger/ehs/h-1?${period}&4`, <App />)
  await sees(() => expect(said('[data-line=lectures]')).toContain('Lectures'))
  expect(said('[data-specialty=""]')).toContain('Without a specialty')
  expect(said('[data-specialty=""]')).not.toContain('No procedure')
  click('[data-line=lectures] button')
  await sees(() => expect(said('[data-rows=lectures]')).toContain('Grand round'))
  expect(said('[role=dialog]')).toContain('Without a specialty')
})
