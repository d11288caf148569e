import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import ar from './ar'
import en from './en'
import { textsOf } from './fill'
import ko from './ko'
import { type Language, locale } from './language'

/** The files of a language, each with its messages as translators write them. */
export const filesOf = (language: Language) =>
  readdirSync(join(__dirname, language))
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(join(__dirname, language, name), 'utf8')) as Record<string, string>] as const)

/** All messages of a language as translators write them, by key. */
export const written = (language: Language) => new Map(filesOf(language).flatMap(([, messages]) => Object.entries(messages)))

/** All parts of a message, including the parts inside its plural and select forms. */
export function elementsOf(text: string): MessageFormatElement[] {
  const inside = (elements: readonly MessageFormatElement[]): MessageFormatElement[] =>
    elements.flatMap((element) =>
      element.type === TYPE.plural || element.type === TYPE.select
        ? [element, ...Object.values(element.options).flatMap((option) => inside(option.value))]
        : [element],
    )
  return inside(parse(text, { ignoreTag: true }))
}

/** Returns how a message uses each of its arguments: as `value`, `plural` or `select`. */
export function argumentsOf(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const element of elementsOf(text)) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue
    if (element.type === TYPE.plural || element.type === TYPE.select) found[element.value] = TYPE[element.type]
    else found[element.value] ??= 'value'
  }
  return found
}

/** The messages of a language as the browser gets them, by key. */
export const catalogues = { en, ar, ko }

/** The functions and the locale that give messages in a language. */
export const speaking = (language: Language) => ({ ...textsOf(catalogues[language], language), locale: locale[language] })
