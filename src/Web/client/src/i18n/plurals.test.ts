import { expect, it } from 'vitest'
import ar from './ar'
import en from './en'
import { fill } from './fill'
import ko from './ko'
import { type Language, languages } from './language'

const catalogues = { en, ar, ko } as unknown as Record<Language, Record<string, Record<string, string>>>
const texts = (language: Language) =>
  Object.entries(catalogues[language]).flatMap(([group, of]) =>
    Object.entries(of).map(([name, text]) => [`${group}.${name}`, text] as const),
  )
const formOf = /^(zero|one|two|few|many|other):/
/** What a language cannot do without, where a text has forms. */
const needed: Record<Language, readonly string[]> = { en: ['one', 'other'], ar: ['few', 'other'], ko: ['other'] }

it.each(languages)('%s has every form that its numbers need', (language) => {
  const known = new Intl.PluralRules(language).resolvedOptions().pluralCategories as string[]
  for (const [key, text] of texts(language).filter(([, text]) => formOf.test(text))) {
    const forms = text.split('||').map((form) => formOf.exec(form)?.[1] ?? 'none')
    expect([key, forms.filter((form) => !known.includes(form) && form !== 'zero')]).toEqual([key, []])
    expect([key, needed[language].filter((form) => !forms.includes(form))]).toEqual([key, []])
    expect([key, new Set(forms).size]).toEqual([key, forms.length])
  }
})

// Limits and sizes, which are never 1.
const always = ['importRefusals.', 'importSentences.import.text-cut', 'importSentences.import.too-many']

it('English has forms wherever a number stands before what it counts', () => {
  const bare = texts('en').filter(([key, text]) => !formOf.test(text) && !always.some((a) => key.startsWith(a)))
  expect(bare.filter(([, text]) => /\{(count|days|number|at|taken)\} [a-z]{3,}s\b/.test(text))).toEqual([])
})

it('says one and several', () => {
  expect(fill(en.board.score, { count: 1 }, 'en')).toBe('1 point')
  expect(fill(en.board.score, { count: 2 }, 'en')).toBe('2 points')
  expect(fill(en.lecture.recordingOn, { count: 1 }, 'en')).toContain('one day after')
  expect(fill(ar.lecture.recordingOn, { count: 5 }, 'ar')).toContain('5 أيام')
  expect(fill('one:point||other:points', { count: 1 }, 'en')).toBe('point')
  expect(fill('few:نقاط||other:نقطة', { count: 4 }, 'ar')).toBe('نقاط')
  expect(fill('few:نقاط||other:نقطة', { count: 0.5 }, 'ar')).toBe('نقطة')
})
