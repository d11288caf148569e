import { expect, it } from 'vitest'
import type { ImportWarning } from '../api/schema'
import { argumentsOf, speaking, written } from '../i18n/messages.testing'
import { type Language, languages } from '../i18n/language'
import refusals from './refusals.vectors.json'
import sentences from './sentences.vectors.json'
import { howMany, placed, refused, said } from './warnings'

const places = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort()
/** The text without the marks that isolate values. */
const bare = (text: string | null) => text?.replace(/[\u2066-\u2069]/g, '')

const say = (language: Language, sentence: string, values: Record<string, string> = {}) =>
  bare(said({ code: 'import.markup', message: 'English', sentence, values } as ImportWarning, speaking(language)))
const refuse = (language: Language, sentence: string | undefined, values: Record<string, string> = {}) =>
  bare(refused({ sentence, values }, speaking(language)))
const place = (language: Language, text: string) => bare(placed(text, speaking(language)))

it.each(languages)('%s has every sentence of the hub with the same arguments', (language) => {
  const texts = written(language)
  for (const [group, english] of Object.entries({ importSentences: sentences, importRefusals: refusals })) {
    const codes = [...texts.keys()].filter((key) => key.startsWith(`${group}.`)).map((key) => key.slice(group.length + 1))
    expect(codes.sort()).toEqual(Object.keys(english).sort())
    for (const [code, text] of Object.entries(english))
      expect([code, Object.keys(argumentsOf(texts.get(`${group}.${code}`)!)).sort()]).toEqual([code, places(text)])
  }
})

it('says in the reader’s language why a file is refused, and leaves out unknown sentences', () => {
  expect(refuse('ar', 'import.too-many-sessions', { most: '10000' })).toBe('الحد الأقصى لجلسات البرنامج هو 10,000.')
  expect(refuse('ko', 'import.unknown-format.xml', { name: 'html' })).toBe(
    '프로그램은 <schedule>로 시작하는데, 이 파일은 <html> 요소로 시작합니다.',
  )
  expect(refuse('ko', 'import.malformed.xml', { parser: 'Unexpected end of file.' })).toBe('올바른 XML이 아닙니다.')
  expect(refuse('ar', 'import.of-tomorrow')).toBeUndefined()
  expect(refuse('ar', undefined)).toBeUndefined()
})

it('writes the place in the file in the reader’s language', () => {
  expect(['line 5', 'line 5, column 16', 'line 5, byte 16', 'line 5, event a7, line 8'].map((at) => place('ko', at))).toEqual([
    '5행',
    '5행 16열',
    '5행 16바이트',
    '5행, 세션 a7, line 8',
  ])
  expect(place('ar', 'line 5, event 12')).toBe('السطر 5، الجلسة 12')
  expect(place('en', 'line 1200')).toBe('line 1200')
  expect(place('ar', "$.schedule.conference.days[0].rooms['قاعة'][2]")).toBe("$.schedule.conference.days[0].rooms['قاعة'][2]")
})

it('writes numbers and dates as the reader’s language does', () => {
  const late = { time: '01:30', date: '2026-11-25' }
  expect(say('en', 'import.after-midnight', late)).toBe('The session begins at 01:30, after midnight, and belongs to 25 Nov 2026.')
  expect(say('ar', 'import.after-midnight', late)).toBe('تبدأ الجلسة في الساعة 01:30 بعد منتصف الليل، وتُحتسب ضمن يوم 25 نوفمبر 2026.')
  expect(say('ko', 'import.after-midnight', late)).toBe('자정이 지난 01:30에 시작하며 2026년 11월 25일 일정에 속합니다.')
  expect(say('ar', 'import.recurrence-cut', { count: '2' })).toBe('التكرار مستمر؛ حُفظت مرتان منه.')
  expect(say('ar', 'import.text-cut', { count: '30012', most: '20000' })).toBe('اختُصر نص من 30,012 حرفًا إلى 20,000 حرف.')
  expect(say('en', 'import.more', { count: '1' })).toBe('1 more of the same is not listed.')
})

it('adds the number of places in the file if one sentence stands for many places', () =>
  expect(say('ko', 'import.markup', { places: '1200' })).toBe('초록에서 HTML을 빼고 글은 보존했습니다. 해당 위치: 1,200곳.'))

it('treats a name that looks like a placeholder or a year as a name', () =>
  expect(say('en', 'import.room-overlap', { room: '{title}', title: '2026' })).toBe(
    'The session begins in “{title}” before “2026” ends there.',
  ))

it('has no text for an unknown sentence, so that the hub’s English is shown', () => expect(say('ar', 'import.of-tomorrow')).toBeUndefined())

it('counts both the warnings that the hub lists and those that it only counts', () => {
  const warning = (sentence: ImportWarning['sentence'], values = {}): ImportWarning => ({
    code: 'import.no-title',
    message: '',
    sentence,
    values,
  })
  expect(howMany([warning('import.no-title'), warning('import.no-title'), warning('import.more', { count: '9750' })])).toBe(9752)
})
