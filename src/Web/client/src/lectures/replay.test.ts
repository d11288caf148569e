import { expect, test } from 'vitest'
import type { LectureMoments, TopicItem } from '../api/schema'
import { type Lecture, roomOf } from './lecture'
import { momentsUrl, roomAt } from './replay'

const at = (seconds: number) => new Date(Date.parse('2026-11-24T06:00:00Z') + seconds * 1000).toISOString()
const instant = (seconds: number) => Date.parse(at(seconds))
const deck = (id: string) => ({ id, name: id, pages: 9 })
const scene = (seconds: number, slides: ReturnType<typeof deck> | null, page: number, featured: number | null = null) => ({
  at: at(seconds),
  scene: { slides, page, featured },
  item: null,
})
const item = (seconds: number, what: object) => ({ at: at(seconds), scene: null, item: { version: 1, ...what } as TopicItem })
const question = (state: 'approved' | 'answered') => ({
  type: 'question',
  key: 'question/1',
  number: 1,
  text: '?',
  at: at(1),
  state,
  votes: 3,
})
const line = (number: number, language: string) => ({
  type: 'caption',
  key: `caption/${language}/${number % 12}`,
  language,
  number,
  text: `${language} ${number}`,
  at: at(number),
})

const now = roomOf(
  new Map<string, TopicItem>([
    [
      'lecture/s',
      {
        type: 'lecture',
        key: 'lecture/s',
        version: 9,
        session: 's',
        stage: 'ended',
        slides: deck('last'),
        page: 7,
        featured: 5,
        captionLanguages: ['en', 'ko'],
      } as unknown as Lecture & TopicItem,
    ],
    [
      'question/5',
      { type: 'question', key: 'question/5', number: 5, text: 'late', at: at(90), state: 'approved', votes: 0, version: 1 } as TopicItem,
    ],
    ['pulse', { type: 'pulse', key: 'pulse', audience: 4, reactions: {}, version: 1 } as unknown as TopicItem],
  ]),
)
const moments = [
  scene(0, deck('first'), 1),
  item(5, line(1, 'en')),
  item(6, line(1, 'ko')),
  item(10, question('approved')),
  scene(20, deck('first'), 2, 1),
  item(25, line(2, 'en')),
  scene(30, deck('second'), 1),
  item(40, question('answered')),
  scene(50, null, 0),
] as LectureMoments['moments']
const then = (seconds: number) => {
  const { lecture, questions, captions } = roomAt(now, moments, instant(seconds))
  return {
    deck: lecture?.slides?.id,
    page: lecture?.page,
    featured: lecture?.featured ?? null,
    question: questions[0]?.state,
    lines: [...captions.values()].flat().map((l) => l.text),
  }
}

test('at an instant of the recording, the slide, the question and the captions are those of that instant', () => {
  expect(then(-1)).toEqual({ deck: undefined, page: 0, featured: null, question: undefined, lines: [] })
  expect(then(0)).toEqual({ deck: 'first', page: 1, featured: null, question: undefined, lines: [] })
  expect(then(19.9)).toEqual({ deck: 'first', page: 1, featured: null, question: 'approved', lines: ['en 1', 'ko 1'] })
  expect(then(20)).toEqual({ deck: 'first', page: 2, featured: 1, question: 'approved', lines: ['en 1', 'ko 1'] })
  expect(then(45)).toEqual({ deck: 'second', page: 1, featured: null, question: 'answered', lines: ['en 1', 'en 2', 'ko 1'] })
  expect(then(60)).toEqual({ deck: undefined, page: 0, featured: null, question: 'answered', lines: ['en 1', 'en 2', 'ko 1'] })
})

test('at an instant of the recording, the stage and the audience are the present ones, and later items are left out', () => {
  const room = roomAt(now, moments, instant(12))
  expect([room.lecture?.stage, room.lecture?.captionLanguages, room.pulse?.audience]).toEqual(['ended', ['en', 'ko'], 4])
  expect(room.questions.map((q) => q.number)).toEqual([1])
})

test('instants of one span have one address, and the next span begins where the last one ends', () => {
  const [first, same, next] = [0, 119.999, 120].map((seconds) => momentsUrl('s', instant(seconds)))
  expect(first).toBe('/api/lectures/s/moments?from=2026-11-24T06:00:00.000Z&to=2026-11-24T06:02:00.000Z')
  expect(same).toBe(first)
  expect(next).toContain('from=2026-11-24T06:02:00.000Z')
})
