import { expect, test } from 'vitest'
import type { TopicItem } from '../api/schema'
import { type Caption, endsAt, type Lecture, recordedNow, roomOf, shares, speakerNames, underPicture } from './lecture'

const question = (number: number, state: 'pending' | 'approved' | 'answered', votes: number, answeredAt?: string) =>
  ({
    type: 'question',
    key: `question/${number}`,
    number,
    text: '?',
    at: '2026-11-24T06:00:00Z',
    state,
    votes,
    answeredAt,
    version: 1,
  }) as TopicItem
const line = (language: string, number: number, text: string, at = '2026-11-24T06:00:00Z') =>
  ({ type: 'caption', key: `caption/${language}/${number % 12}`, language, number, text, at, version: 1 }) as Caption & TopicItem
const of = (...items: TopicItem[]) => roomOf(new Map(items.map((item) => [item.key, item])))

test('waiting questions come first, then approved ones by votes, then answered ones with the newest answer first', () => {
  const room = of(
    question(1, 'approved', 2),
    question(2, 'approved', 5),
    question(3, 'answered', 9, '2026-11-24T06:01:00Z'),
    question(4, 'pending', 0),
    question(5, 'answered', 0, '2026-11-24T06:02:00Z'),
    question(6, 'approved', 2),
  )
  expect(room.questions.map((q) => q.number)).toEqual([4, 2, 1, 6, 5, 3])
})

test('captions are sorted by language and number, whatever their keys', () => {
  const room = of(line('en', 13, 'thirteen'), line('en', 12, 'twelve'), line('ko', 1, '하나'))
  expect([...room.captions].map(([language, lines]) => [language, lines.map((l) => l.number)])).toEqual([
    ['en', [12, 13]],
    ['ko', [1]],
  ])
})

test('the last caption lines are shown with a picture, and disappear when no line follows', () => {
  const at = (seconds: number) => new Date(Date.parse('2026-11-24T06:00:00Z') + seconds * 1000).toISOString()
  const lines = [line('en', 1, 'one', at(0)), line('en', 2, 'two', at(4)), line('en', 3, '', at(6)), line('en', 4, 'four', at(8))]
  expect(underPicture(lines, Date.parse(at(9))).map((l) => l.text)).toEqual(['two', 'four'])
  expect(underPicture(lines, Date.parse(at(60)))).toEqual([])
  expect(underPicture(undefined, 0)).toEqual([])
})

test('a choice has its share of the voters, or a share of 0 if there are no voters', () => {
  expect(shares([1, 3], 4)).toEqual([0.25, 0.75])
  expect(shares([0, 0], 0)).toEqual([0, 0])
})

const lecture = (more: Partial<Lecture>) =>
  ({
    stage: 'live',
    scheduledStart: '2026-11-24T06:00:00Z',
    scheduledDuration: '00:45:00',
    onAir: [],
    agreements: [],
    speakers: [],
    ...more,
  }) as unknown as Lecture

test('a lecture ends by the programme, or its planned length after a start that is over three hours early or late', () => {
  expect(endsAt(lecture({}))).toBe(Date.parse('2026-11-24T06:45:00Z'))
  expect(endsAt(lecture({ startedAt: '2026-11-24T06:10:00Z' }))).toBe(Date.parse('2026-11-24T06:45:00Z'))
  expect(endsAt(lecture({ startedAt: '2026-11-23T10:00:00Z' }))).toBe(Date.parse('2026-11-23T10:45:00Z'))
  expect(endsAt(lecture({ scheduledStart: null, scheduledDuration: '00:00:00' }))).toBeNull()
})

test('somebody is recorded only if a live lecture is to be recorded and a person on air has agreed', () => {
  const air = [{ person: 'c-1' }] as unknown as Lecture['onAir']
  const agreed = [{ person: 'c-1', agrees: true, at: '' }],
    recording = { by: 'p-host', at: '', days: 90 }
  expect(recordedNow(lecture({ onAir: air, agreements: agreed, recording }))).toBe(true)
  expect(recordedNow(lecture({ onAir: air, agreements: [{ ...agreed[0]!, agrees: false }], recording }))).toBe(false)
  expect(recordedNow(lecture({ onAir: air, agreements: [{ ...agreed[0]!, person: 'p-host' }], recording }))).toBe(false)
  expect(recordedNow(lecture({ onAir: air, agreements: agreed, recording, stage: 'break' }))).toBe(false)
  expect(recordedNow(lecture({ onAir: air, agreements: agreed, recording: null }))).toBe(false)
})

test('speakers are named in the reader’s script if the hub knows them', () => {
  const speakers = [
    { name: 'Kim Minseo', person: 'c-1', known: { en: 'Kim Minseo', ko: '김민서' } },
    { name: 'A guest', person: null, known: null },
  ] as unknown as Lecture['speakers']
  expect(speakerNames(lecture({ speakers }), (name) => name.ko ?? name.en)).toEqual(['김민서', 'A guest'])
})
