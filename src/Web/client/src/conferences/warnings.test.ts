import { expect, it } from 'vitest'
import type { ImportWarning } from '../api/schema'
import { importSentences as ar } from '../i18n/ar/importing'
import { importSentences as en } from '../i18n/en/importing'
import { fill } from '../i18n/fill'
import { importSentences as ko } from '../i18n/ko/importing'
import { type Language, locale } from '../i18n/language'
import sentences from './sentences.vectors.json'
import { howMany, said } from './warnings'

const texts: Record<Language, Record<string, string>> = { en, ar, ko }
const places = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort()

/** Without the marks that isolate values. */
const say = (language: Language, sentence: string, values: Record<string, string> = {}) =>
  said({ code: 'import', message: 'English', sentence, values } satisfies ImportWarning, {
    locale: locale[language],
    word: (_, code) => texts[language][code] ?? code,
    t: (key, filled = {}) => fill(texts[language][key.replace('importSentences.', '')]!, filled, language),
  })?.replace(/[\u2068\u2069]/g, '')

it.each(['en', 'ar', 'ko'] as const)('%s has every sentence of the hub with the same places', (language) => {
  expect(Object.keys(texts[language]).sort()).toEqual(Object.keys(sentences).sort())
  for (const [sentence, english] of Object.entries(sentences)) {
    const text = texts[language][sentence]!
    // Of forms for numbers the last serves every number that has no form of its own.
    const form = text.split('||').at(-1)!
    if (text.includes('||')) expect(form).toMatch(/^other:/)
    expect([sentence, places(form)]).toEqual([sentence, places(english)])
    expect([sentence, places(text)]).toEqual([sentence, places(english)])
  }
})

it('tells numbers and dates as the reader writes them', () => {
  const late = { time: '01:30', date: '2026-11-25' }
  expect(say('en', 'import.after-midnight', late)).toBe('It begins at 01:30 after midnight and belongs to 25 Nov 2026.')
  expect(say('ar', 'import.after-midnight', late)).toBe('تبدأ الجلسة في الساعة 01:30 بعد منتصف الليل، وتُحتسب ضمن يوم 25 نوفمبر 2026.')
  expect(say('ko', 'import.after-midnight', late)).toBe('자정이 지난 01:30에 시작하며 2026년 11월 25일 일정에 속합니다.')
  expect(say('ar', 'import.recurrence-cut', { count: '2' })).toBe('التكرار مستمر؛ حُفظت مرتان منه.')
  expect(say('ar', 'import.text-cut', { count: '30012', most: '20000' })).toBe('اختُصر نص من 30,012 حرفًا إلى 20,000 حرف.')
  expect(say('en', 'import.more', { count: '1' })).toBe('1 more of the same is not listed.')
})

it('says of a sentence that is told once in how many places it is true', () =>
  expect(say('ko', 'import.markup', { places: '1200' })).toBe('초록에서 HTML을 빼고 글은 보존했습니다. 해당 위치: 1,200곳.'))

it('takes a name that looks like a place, a number or a date for a name', () =>
  expect(say('en', 'import.room-overlap', { room: '{title}', title: '2026' })).toBe('It begins in “{title}” before “2026” ends there.'))

it('leaves a sentence that it does not know to the English of the hub', () => expect(say('ar', 'import.of-tomorrow')).toBeUndefined())

it('counts those that the hub does not list', () => {
  const warning = (sentence: string, values = {}) => ({ code: 'import.no-title', message: '', sentence, values })
  expect(howMany([warning('import.no-title'), warning('import.no-title'), warning('import.more', { count: '9750' })])).toBe(9752)
})
