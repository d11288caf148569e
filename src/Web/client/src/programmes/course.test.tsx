// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import type { Role } from '../api/schema'
import { drawing, sees, somebody } from '../screen.testing'
import type { CourseView, SessionView } from './wire'

let version = 3
vi.mock('../live/useTopic', () => {
  const nothing = { picture: { items: new Map(), position: null, at: null }, refused: null }
  return {
    useTopicNow: () => nothing,
    useTopic: (topic: string | null) =>
      topic === 'course/f/c'
        ? { picture: { items: new Map([['session/e-1', { type: 'courseSession', version }]]), position: '1', at: null }, refused: null }
        : nothing,
    useConnection: () => ({ state: 'live', since: 0 }),
  }
})

const { answers, draw, click } = drawing()
const address = '/api/programmes/f/cohorts/c/course'

const session = (hours: number, more: Partial<SessionView> = {}): SessionView => {
  const start = Date.now() + hours * 3_600_000
  return {
    session: {
      key: 'session/e-1',
      version: 3,
      engagement: 'e-1',
      week: '2026-W49',
      kind: 'training',
      title: 'Valve clinic',
      hospital: 'h-1',
      room: null,
      trainers: ['c-kim'],
      start: new Date(start).toISOString(),
      end: new Date(start + 3_600_000).toISOString(),
      status: 'confirmed',
      participants: [],
      marks: {},
      isGone: false,
    },
    people: [
      { person: 't-1', name: { en: 'Hessa' }, presence: null, byRoom: true },
      { person: 't-2', name: { en: 'Omar' }, presence: 'present', byRoom: true },
    ],
    feedback: { answers: 2, rating: null },
    mayRecord: true,
    isMine: false,
    myPresence: null,
    myRating: null,
    ...more,
  }
}

const view = (sessions: readonly SessionView[], more: Partial<CourseView> = {}): CourseView => ({
  programme: {
    id: 'f',
    network: 'ehs',
    kind: 'staffTraining',
    name: { en: 'A training' },
    summary: { en: 'A month.' },
    hospitals: ['h-1'],
    atPartner: false,
    languages: ['en'],
    director: 'p-9',
    reviewsPerSide: 1,
    admission: 'firstCome',
    public: false,
    attendance: 80,
  },
  cohort: {
    id: 'c',
    name: { en: 'Autumn' },
    from: '2026-11-01',
    to: '2026-12-31',
    applyBy: '2026-10-01T00:00:00Z',
    places: 5,
    answerDays: 7,
  },
  sessions: [...sessions],
  members: [{ person: 't-1', name: { en: 'Hessa' }, held: 4, attended: 3 }],
  zones: ['Asia/Dubai', 'Asia/Seoul'],
  version: 3,
  mayDecide: true,
  readsAll: true,
  ...more,
})

function as(role: Role, person = 'p-me') {
  answers['/api/session'] = { ...somebody(role), person }
  answers['/api/networks/ehs'] = {
    network: { id: 'ehs', name: { en: 'EHS' }, timeZone: 'Asia/Dubai', partners: [] },
    currentWeek: '2026-W49',
  }
  answers['/api/hospitals?network=ehs'] = [{ id: 'h-1', name: { en: 'North' }, timeZone: 'Asia/Dubai', rooms: [] }]
  answers['/api/consultants?network=ehs'] = []
  answers['/api/networks/ehs/people'] = []
  answers['/api/specialties'] = []
}
const said = (selector: string) => document.querySelector(selector)?.textContent

it('says what is known of a session, and records who was there', async () => {
  as('coordinator')
  answers[`${address}?version=3`] = view([session(-2)])
  draw('/programme/f/course/c', <App />)
  await sees(() => expect(said('[data-presence]')).toBe('Present: 1. Absent: 0. Not recorded: 1.'))
  expect(said('[data-feedback]')).toContain('from 3 answers on')
  expect(said('[data-member=t-1]')).toContain('3 of 4')
  click('[data-do=record]')
  await sees(() => expect(document.querySelectorAll('[data-person]')).toHaveLength(2))
  expect(said('[data-person=t-2]')).toContain('lecture room')
})

it('keeps the form of a session open when the session moves to those that are over', async () => {
  as('coordinator')
  answers[`${address}?version=3`] = view([session(0)])
  answers[`${address}?version=4`] = view([session(-2)])
  draw('/programme/f/course/c?dialog=record-e-1', <App />)
  await sees(() => expect(document.querySelectorAll('[data-person]')).toHaveLength(2))
  const before = document.querySelector('[data-person=t-1]')
  version = 4
  click('[data-do=allPresent]')
  await sees(() => expect(document.querySelector('[data-session][data-status]')).not.toBeNull())
  expect(document.querySelector('[data-person=t-1]')).toBe(before)
  version = 3
})

it('lets a participant answer only after a session that the person did not miss', async () => {
  as('trainee', 't-1')
  const own = { people: [], feedback: null, mayRecord: false, isMine: true }
  answers[`${address}?version=3`] = view([session(-2, { ...own, myPresence: 'absent' })], { mayDecide: false, readsAll: false })
  draw('/programme/f/course/c', <App />)
  await sees(() => expect(said('[data-own]')).toContain('absent'))
  expect(document.querySelector('[data-do=feedback]')).toBeNull()
  expect(document.querySelector('[data-do=plan]')).toBeNull()
  expect(said('[data-mine]')).toContain('3 of 4')
})
