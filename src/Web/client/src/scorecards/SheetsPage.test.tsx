// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import { said } from '../hub.testing'
import { drawing, sees, somebody } from '../screen.testing'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { answers, draw } = drawing()
const period = 'from=2025-01-01&to=2025-12-31'
const about = { from: '2025-01-01', to: '2025-12-31', zone: 'Asia/Dubai', at: '2026-01-01T08:00:00Z' }
const score = (planned: number, done: number, notRecorded = 0) => ({ planned, done, notRecorded })

function enter(role: 'coordinator' | 'programmeDirector', partner: string | null, hospitals: readonly string[] = []) {
  const person = somebody(role)
  answers['/api/session'] = {
    ...person,
    roles: [{ role, from: '2020-01-01T00:00:00Z', until: null, scope: { network: 'ehs', hospitals, partner } }],
  }
  answers['/api/networks/ehs'] = {
    network: {
      id: 'ehs',
      name: { en: 'EHS' },
      timeZone: 'Asia/Dubai',
      partners: [
        { id: 'other', name: { en: 'Other' } },
        { id: 'asan', name: { en: 'Asan' } },
      ],
    },
    currentWeek: '2026-W49',
  }
  answers['/api/hospitals?network=ehs'] = [{ id: 'h-1', name: { en: 'North' }, rooms: [] }]
  answers['/api/consultants?network=ehs'] = answers['/api/networks/ehs/people'] = []
  answers['/api/specialties'] = [{ code: 'spine', name: { en: 'Spine' } }]
}

it('shows what the host had and who waits, with links', async () => {
  enter('coordinator', null)
  answers[`/api/scorecards/ehs/sheets/host?${period}`] = {
    ...about,
    hospitals: [],
    services: [{ specialty: 'spine', figures: [{ figure: 'operations', score: score(7, 5, 1) }] }],
    unstaffed: 1,
    unstaffedWork: [
      {
        thing: { kind: 'engagement', id: 'e-1', title: 'Spine clinic', week: '2025-W10' },
        day: '2025-03-04',
        hospital: 'h-1',
        specialty: 'spine',
      },
    ],
    waiting: 4,
    waitingFor: [{ thing: { kind: 'cohort', id: 'p-1/spring', title: 'Fellowship · Spring' }, day: '2025-03-01', people: 4 }],
    people: [{ figure: 'taught', score: score(30, 28) }],
  }
  draw(`/sheets/ehs?${period}`, <App />)
  await sees(() => expect(said('[data-line="spine operations"]')).toBe('SpineOperations751'))
  expect(said('[data-sheet]')).toContain('Engagements without a consultant: 1')
  expect(document.querySelector('[data-sheet] a[href="/board/ehs/2025-W10?show=e-1"]')).not.toBeNull()
  expect(said('[data-line="p-1/spring"]')).toContain('4')
  expect(document.querySelector('[data-sheet] a[href="/programme/p-1"]')).not.toBeNull()
  expect(said('[data-line=taught]')).toBe('People taught30280')
})

it('shows only the sheet of the own partner to a director who is limited to it', async () => {
  enter('programmeDirector', 'asan')
  answers[`/api/scorecards/ehs/sheets/partner?${period}&partner=asan`] = {
    ...about,
    partner: 'asan',
    days: [{ person: 'c-kim', name: { en: 'Kim' }, onSite: 12, remote: 3 }],
    onSite: 12,
    remote: 3,
    teaching: [{ figure: 'lectures', score: score(4, 3) }],
    stages: [{ stage: 'recruiting', count: 2 }],
    publications: score(1, 1),
  }
  draw(`/sheets/ehs?${period}`, <App />)
  await sees(() => expect(said('[data-line=c-kim]')).toBe('Kim123'))
  expect(said('[data-line=recruiting]')).toBe('Recruiting2')
  expect(said('[data-line=publications]')).toBe('Publications110')
  expect(document.querySelector('a[download]')?.getAttribute('href')).toContain('/sheets/partner.csv?')
  expect(document.body.textContent).not.toContain('The network as host')
})

it('says that there is no sheet for a role that is limited to hospitals and to a partner', async () => {
  enter('coordinator', 'asan', ['h-1'])
  draw(`/sheets/ehs?${period}&2`, <App />)
  await sees(() => expect(said('main [role=status]')).toContain('None of your roles shows a whole sheet here.'))
  expect(document.querySelector('main [role=alert]')).toBeNull()
  expect(document.querySelector('a[download]')).toBeNull()
})
