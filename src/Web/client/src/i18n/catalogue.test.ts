import { TYPE } from '@formatjs/icu-messageformat-parser'
import { expect, it } from 'vitest'
import { argumentsOf, catalogues, elementsOf, filesOf, speaking, written } from './messages.testing'
import { languages } from './language'

const translated = languages.filter((language) => language !== 'en')

it.each(translated)('%s has the same keys as English, in the same files', (language) => {
  const keys = (of: (typeof languages)[number]) => Object.fromEntries(filesOf(of).map(([name, texts]) => [name, Object.keys(texts).sort()]))
  expect(keys(language)).toEqual(keys('en'))
})

it.each(languages)('%s has all its files in messages.ts, which npm run types writes', (language) => {
  expect(Object.keys(catalogues[language]).sort()).toEqual([...written(language).keys()].sort())
})

it('has every key in one file only', () => {
  const keys = filesOf('en').flatMap(([, texts]) => Object.keys(texts))
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
})

it.each(translated)('%s has the same arguments as English', (language) => {
  const names = (text: string) => Object.keys(argumentsOf(text)).sort()
  const english = written('en')
  for (const [key, text] of written(language)) expect([key, names(text)]).toEqual([key, names(english.get(key)!)])
})

it.each(languages)('%s has every plural form that its numbers need, and no other', (language) => {
  for (const [key, text] of written(language))
    for (const element of elementsOf(text)) {
      if (element.type !== TYPE.plural) continue
      const { pluralCategories } = new Intl.PluralRules(language, { type: element.pluralType }).resolvedOptions()
      const forms = Object.keys(element.options).filter((form) => !/^=\d+$/.test(form))
      expect([key, forms.sort()]).toEqual([key, pluralCategories.sort()])
    }
})

it.each(languages)('%s fills in every message, with numbers and with text', (language) => {
  const { t } = speaking(language)
  for (const [key, text] of written(language))
    for (const value of [0, 1, 2, 3, 11, 100, 1000, 'نور']) {
      const names = Object.entries(argumentsOf(text))
      const said = t(key as never, Object.fromEntries(names.map(([name, kind]) => [name, kind === 'plural' ? 1000 : value])))
      expect([key, /[{}#]|plural|NaN|undefined/.test(said)]).toEqual([key, false])
    }
})

// The beginnings of the keys of messages about limits and sizes. The numbers in these messages are never 1.
const always = ['importRefusals.', 'importSentences.import.text-cut', 'importSentences.import.too-many']

it('English has plural forms where a number stands before a plural word, except in messages about limits', () => {
  const bare = [...written('en')].filter(([key]) => !always.some((start) => key.startsWith(start)))
  expect(bare.filter(([, text]) => /\{(count|days|number|at|taken)\} [a-z]{3,}s\b/.test(text) && !/plural/.test(text))).toEqual([])
})

it('chooses the plural form for one thing and for several things', () => {
  const [en, ar, ko] = [speaking('en').t, speaking('ar').t, speaking('ko').t]
  expect([1, 2, 1000].map((count) => en('board.score', { count }))).toEqual(['1 point', '2 points', '1,000 points'])
  expect(en('lecture.recordingOn', { count: 1 })).toContain('one day after')
  expect(ar('lecture.recordingOn', { count: 5 })).toContain('5 أيام')
  expect([0, 1, 2, 3, 11, 100].map((count) => ar('board.score', { count }))).toEqual([
    'لا نقاط',
    'نقطة واحدة',
    'نقطتان',
    '3 نقاط',
    '11 نقطة',
    '100 نقطة',
  ])
  expect(ko('board.score', { count: 1 })).toBe('1점')
})
