import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { type Formatters, formatToParts } from 'intl-messageformat'
import type { Catalogue, Group, TextKey } from './en'
import { type Language, locale } from './language'

export type Values = Record<string, string | number>

/** A message as `vite.messages.ts` compiles it: plain text, or a list of parsed elements if it has arguments. */
export type Message = string | MessageFormatElement[]

/** The functions that return messages of a catalogue. If a key or a code has no message, the key or the code itself is returned. */
export function textsOf(catalogue: Catalogue, language: Language) {
  const find = (key: string) => (catalogue as Readonly<Record<string, Message | undefined>>)[key]
  return {
    t: (key: TextKey, values: Values = {}) => fill(find(key) ?? key, values, language),
    word: (group: Group, code: string, values: Values = {}) => fill(find(`${group}.${code}`) ?? code, values, language),
  }
}

/** The message with its arguments filled in. An argument without a value stays visible as `{name}`, unless it chooses a plural form. */
export function fill(message: Message, values: Values, language: Language): string {
  if (typeof message === 'string') return message
  const shown = new Proxy(values, {
    has: () => true,
    get(_, name: string) {
      const value = values[name]
      // Text is isolated, so that names in another script do not reorder the sentence.
      return value === undefined ? `{${name}}` : typeof value === 'string' ? `\u2068${value}\u2069` : value
    },
  })
  return formatToParts(message, locale[language], formattersOf(language), noFormats, shown)
    .map((part) => part.value)
    .join('')
}

const noFormats = { number: {}, date: {}, time: {} }
const formatters = new Map<Language, Formatters>()

function formattersOf(language: Language): Formatters {
  const known = formatters.get(language)
  if (known) return known
  const numbers = new Intl.NumberFormat(locale[language])
  const plurals = {
    cardinal: new Intl.PluralRules(locale[language]),
    ordinal: new Intl.PluralRules(locale[language], { type: 'ordinal' }),
  }
  const made: Formatters = {
    // Arguments without a type are compiled as numbers (vite.messages.ts), but their value may be text.
    getNumberFormat: () =>
      ({ format: (value: unknown) => (typeof value === 'number' ? numbers.format(value) : String(value)) }) as Intl.NumberFormat,
    getPluralRules: (_, options) => plurals[options?.type ?? 'cardinal'],
    // This is never called, because the compiler refuses messages that format dates.
    getDateTimeFormat: (...of) => new Intl.DateTimeFormat(...of),
  }
  formatters.set(language, made)
  return made
}
