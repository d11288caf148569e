// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import { drawing, sees, somebody } from '../screen.testing'
import type { Session } from './programme'

const session = (id: string, more: Partial<Session> = {}): Session => ({
  type: 'session',
  key: `session/${id}`,
  id,
  title: `About ${id}`,
  start: '2026-11-24T06:00:00Z',
  duration: '00:45:00',
  room: 'Hall',
  speakers: [],
  booking: 'none',
  bookingFindings: [],
  cancelled: false,
  version: 1,
  ...more,
})
const untimed = session('later', { start: null, day: null })
const head = {
  type: 'conference',
  key: 'conference/c',
  id: 'c',
  title: 'Congress',
  timeZone: 'Asia/Dubai',
  dayChange: '05:00:00',
  rooms: [],
  tracks: [],
  public: true,
  release: 0,
  hasDraft: false,
  version: 1,
}

const shown: { items: Map<string, unknown> } = { items: new Map() }
vi.mock('../live/useTopic', () => ({
  useTopicNow: () => ({ picture: { items: new Map(), position: null, at: null }, refused: null }),
  useTopic: (topic: string | null) => ({
    picture: topic === 'conference/c' ? { items: shown.items, position: '1', at: null } : { items: new Map(), position: null, at: null },
    refused: null,
  }),
  useConnection: () => ({ state: 'live', since: 0 }),
}))

const { answers, draw, click } = drawing()
const of = (...sessions: Session[]) => (shown.items = new Map([head, ...sessions].map((item) => [item.key, item])))
const titles = () => [...document.querySelectorAll('[data-session]')].map((card) => card.getAttribute('data-session'))
const dialog = () => document.querySelector('[role=dialog]')?.textContent
const asAttendee = () => ((answers['/api/session'] = somebody('attendee')), (answers['/api/conferences/c/favourites'] = []))

it('shows sessions without a time under a separate tab', async () => {
  asAttendee()
  of(session('early'), untimed)
  draw('/conferences/c', <App />)
  await sees(() => expect(titles()).toEqual(['early']))
  expect([...document.querySelectorAll('[role=tab]')].map((tab) => tab.textContent)).toEqual(['Tue 24 Nov', 'No time yet'])
  click('[role=tab]:last-of-type')
  await sees(() => expect(titles()).toEqual(['later']))
})

it('shows a programme in which no session has a time', async () => {
  asAttendee()
  of(untimed)
  draw('/conferences/c', <App />)
  await sees(() => expect(titles()).toEqual(['later']))
})

const open = (...sessions: Session[]) =>
  (answers['/api/public/conferences/c'] = {
    ...head,
    sessions: sessions.map((s) => ({
      ...s,
      speakers: s.speakers.map((p) => p.name),
      speakerNames: s.speakers.map((p) => ({ en: p.name, ar: p.name === 'Kim Min-jun' ? 'كيم مين جون' : null })),
      links: s.links ?? [],
    })),
  })

it('shows sessions without a time under a separate tab on the public page', async () => {
  open(session('early'), untimed)
  draw('/public/c', <App />)
  await sees(() => expect(titles()).toEqual(['early']))
  expect([...document.querySelectorAll('[role=tab]')].map((tab) => tab.textContent)).toEqual(['Tue 24 Nov', 'No time yet'])
  click('[role=tab]:last-of-type')
  await sees(() => expect(titles()).toEqual(['later']))
})

it('opens a session of the public page with its abstract and its links', async () => {
  open(
    session('early', {
      abstract: 'What is new.',
      links: [
        { url: 'https://hub.example/slides.pdf', title: 'Slides', attachment: true },
        { url: 'javascript:alert(1)', attachment: false },
      ],
    }),
    session('tomorrow', { day: '2026-11-25', start: '2026-11-25T06:00:00Z' }),
  )
  draw('/public/c?session=early', <App />)
  await sees(() => expect(dialog()).toContain('What is new.'))
  expect([...document.querySelectorAll('[role=dialog] li a')].map((a) => a.getAttribute('href'))).toEqual([
    'https://hub.example/slides.pdf',
  ])
  await sees(() => expect(document.title).toBe('About early · Consult Hub'))
  expect(titles()).toEqual(['early'])
})

it('shows a day of very many sessions in portions', async () => {
  open(...Array.from({ length: 1007 }, (_, i) => session(`s${i}`)))
  draw('/public/c', <App />)
  await sees(() => expect(titles().length).toBe(50))
  click('[data-do=more]')
  await sees(() => expect(titles().length).toBe(150))
})

it('shows the names of known speakers in the reader’s language', async () => {
  asAttendee()
  answers['/api/consultants?network=ehs'] = [{ id: 'c-1', name: { en: 'Kim Min-jun', ar: 'كيم مين جون', ko: '김민준' } }]
  of(session('early', { speakers: [{ name: 'Kim Min-jun', consultant: 'c-1' }, { name: 'A Guest' }] }))
  shown.items.set(head.key, { ...head, network: 'ehs' })
  draw('/conferences/c', <App />, 'ko')
  await sees(() => expect(document.querySelector('[data-session=early]')?.textContent).toContain('김민준'))
  expect(document.querySelector('[data-session=early]')?.textContent).toContain('A Guest')
  open(session('early', { speakers: [{ name: 'Kim Min-jun' }, { name: 'A Guest' }] }))
  draw('/public/c', <App />, 'ar')
  await sees(() => expect(document.querySelector('[data-session=early]')?.textContent).toContain('كيم مين جون'))
  expect(document.querySelector('[data-session=early]')?.textContent).toContain('A Guest')
})

it('opens the session that the address names, and puts an opened session into the address', async () => {
  asAttendee()
  of(session('early'), session('second'))
  draw('/conferences/c?session=early', <App />)
  await sees(() => expect(dialog()).toContain('About early'))
  await sees(() => expect(document.title).toBe('About early · Consult Hub'))
  click('[role=dialog] button[aria-label=Close]')
  await sees(() => expect(location.search).toBe(''))
  await sees(() => expect(dialog()).toBeUndefined())
  expect(document.title).toBe('Congress · Consult Hub')
  const back = vi.spyOn(history, 'back').mockImplementation(() => undefined)
  const steps = vi.spyOn(history, 'pushState')
  click('[data-session=second] button')
  await sees(() => expect(dialog()).toContain('About second'))
  expect(location.search).toBe('?session=second')
  expect(steps).toHaveBeenCalledTimes(1)
  // An opened session is one step in the browser's history, so closing it goes back.
  click('[role=dialog] button[aria-label=Close]')
  expect(back).toHaveBeenCalledTimes(1)
})

it('says that the session in the address does not exist', async () => {
  asAttendee()
  of(session('early'))
  draw('/conferences/c?session=gone', <App />)
  await sees(() => expect(document.querySelector('main [role=status]')?.textContent).toContain('not in the programme'))
})
