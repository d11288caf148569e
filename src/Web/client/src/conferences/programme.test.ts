import { expect, it } from 'vitest'
import { choose, dayOf, leftOutOfFiles, lengthOf, nowAndNext, programmeOf, type Session } from './programme'

const session = (id: string, more: Partial<Session> = {}): Session => ({
  type: 'session',
  key: `session/${id}`,
  id,
  title: id,
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
const items = (...sessions: Session[]) => new Map(sessions.map((s) => [s.key, s]))

it('reads lengths, also of more than a day', () => {
  expect(lengthOf('01:30:00')).toBe(5_400_000)
  expect(lengthOf('1.00:00:00')).toBe(86_400_000)
  expect(lengthOf('00:00:00')).toBe(0)
})

it('keeps a session after midnight on the day that its programme names', () => {
  expect(dayOf(session('late', { start: '2026-11-24T22:30:00Z', day: '2026-11-24' }), 'Asia/Dubai')).toBe('2026-11-24')
  expect(dayOf(session('loose', { start: '2026-11-24T22:30:00Z' }), 'Asia/Dubai')).toBe('2026-11-25')
})

it('puts sessions without a time last and does not leave them out', () => {
  const { sessions, days } = programmeOf(items(session('some-time', { start: null, day: null }), session('early')))
  expect(sessions.map((s) => s.id)).toEqual(['early', 'some-time'])
  expect(days).toEqual(['2026-11-24', ''])
})

it('searches for a text on every day', () => {
  const all = [session('a', { title: 'Valves', day: '2026-11-24' }), session('b', { title: 'Valve repair', day: '2026-11-25' })]
  expect(choose(all, { day: '2026-11-24', track: null, room: null, text: 'valve', favourites: false }, 'UTC', new Set()).length).toBe(2)
  expect(
    choose(all, { day: '2026-11-24', track: null, room: null, text: '', favourites: false }, 'UTC', new Set()).map((s) => s.id),
  ).toEqual(['a'])
})

it('finds a speaker by the name in the programme and by the name that the reader sees', () => {
  const all = [session('a', { speakers: [{ name: 'Kim Min-jun', consultant: 'c-1' }] }), session('b', { speakers: [{ name: 'A Guest' }] })]
  const found = (text: string) =>
    choose(all, { day: '2026-11-24', track: null, room: null, text, favourites: false }, 'UTC', new Set(), (s) =>
      s.consultant ? '김민준' : s.name,
    ).map((s) => s.id)
  expect([found('kim'), found('민준'), found('guest')]).toEqual([['a'], ['a'], ['b']])
})

it('finds the sessions that are on and the next ones', () => {
  const { live, next } = nowAndNext(
    [
      session('on'),
      session('zero', { duration: '00:00:00' }),
      session('soon', { start: '2026-11-24T07:00:00Z' }),
      session('off', { start: '2026-11-24T06:50:00Z', cancelled: true }),
    ],
    Date.parse('2026-11-24T06:30:00Z'),
  )
  expect(live.map((s) => s.id)).toEqual(['on'])
  expect(next.map((s) => s.id)).toEqual(['soon'])
})

it('finds the next session even if it is tomorrow, and nothing after the last one', () => {
  const tomorrow = session('tomorrow', { start: '2026-11-25T05:00:00Z' })
  expect(
    nowAndNext([session('over'), tomorrow, session('untimed', { start: undefined })], Date.parse('2026-11-24T16:00:00Z')).next,
  ).toEqual([tomorrow])
  expect(nowAndNext([session('over'), session('untimed', { start: undefined })], Date.parse('2026-11-24T16:00:00Z')).next).toEqual([])
})

it('counts the sessions that a programme’s files leave out', () => {
  expect(
    leftOutOfFiles([
      session('on'),
      session('off', { cancelled: true }),
      session('some-time', { start: null }),
      session('neither', { cancelled: true, start: null }),
    ]),
  ).toBe(3)
})
