import { expect, it } from 'vitest'
import { compile } from '../../vite.messages'
import { fill, type Values } from './fill'
import type { Language } from './language'

const say = (text: string, values: Values = {}, language: Language = 'en') => fill(compile({ text }).text!, values, language)

it('keeps a message without arguments as text', () => {
  expect(compile({ plain: 'The “room” is open', empty: '', quoted: "It''s '{'here'}', it's <b>" })).toEqual({
    plain: 'The “room” is open',
    empty: '',
    quoted: "It's {here}, it's <b>",
  })
})

it('isolates a value that is text and changes nothing in it', () => {
  expect(say('With {who}', { who: "{x} '{'# نور" })).toBe("With \u2068{x} '{'# نور\u2069")
  expect(say('{who}', { who: '' })).toBe('\u2068\u2069')
})

it('writes numbers as the reader writes them, in every kind of argument', () => {
  expect(say('Slide {page}', { page: 1234.5 })).toBe('Slide 1,234.5')
  expect(say('Slide {page, number}', { page: 1234 })).toBe('Slide 1,234')
  expect(say('{page}', { page: 1234 }, 'ar')).toBe('1,234')
  expect(say('{count, plural, other {# of {page}}}', { count: 1000, page: 2000 }, 'ko')).toBe('1,000 of 2,000')
  expect(say('{page, number}', { page: 'last' })).toBe('\u2068last\u2069')
})

it('leaves an argument without a value visible', () => {
  expect(say('{who} moved {title}', { who: 'Noor' })).toBe('\u2068Noor\u2069 moved {title}')
})

it('chooses a plural form by the rules of the language', () => {
  const stars = '{count, plural, =0 {none} zero {zero} one {one} two {two} few {few} many {many} other {other}}'
  const said = (language: Language) => [0, 1, 2, 3, 11, 100, 0.5].map((count) => say(stars, { count }, language))
  expect(said('en')).toEqual(['none', 'one', 'other', 'other', 'other', 'other', 'other'])
  expect(said('ar')).toEqual(['none', 'one', 'two', 'few', 'many', 'other', 'other'])
  expect(said('ko')).toEqual(['none', 'other', 'other', 'other', 'other', 'other', 'other'])
  expect(say('{at, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}', { at: 22 })).toBe('22nd')
  expect(say('{count, plural, offset:1 one {{who} and # more} other {{who} and # others}}', { count: 2, who: 'A' })).toBe(
    '\u2068A\u2069 and 1 more',
  )
})

it('refuses a message that is not valid or that the client cannot format, and names the key of the message', () => {
  const refused = (text: string) => () => compile({ 'board.title': text })
  for (const text of ['{who', '{count, plural, one {1}}', '{at, date}', '{at, time, short}', '{share, number, percent}'])
    expect(refused(text)).toThrow('board.title')
  expect(refused('{count, plural, one {{at, date}} other {}}')).toThrow('“date” is not supported')
})
