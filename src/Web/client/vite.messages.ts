import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import type { Plugin } from 'vite'
import type { Message } from './src/i18n/fill'

/**
 * Parses the messages of a catalogue, so that the browser needs no parser. A message without arguments becomes plain text.
 * Throws an error with the message's key if a message is not valid.
 */
export function compile(messages: Record<string, string>): Record<string, Message> {
  return Object.fromEntries(
    Object.entries(messages).map(([key, text]) => {
      try {
        // No message has tags: a “<” is a character like any other.
        const elements = parse(text, { ignoreTag: true }).map(prepare)
        return [
          key,
          elements.every((element) => element.type === TYPE.literal) ? elements.map((element) => element.value).join('') : elements,
        ]
      } catch (error) {
        throw new Error(`The message ${key} is not valid: ${(error as Error).message}`, { cause: error })
      }
    }),
  )
}

function prepare(element: MessageFormatElement): MessageFormatElement {
  switch (element.type) {
    case TYPE.literal:
    case TYPE.pound:
      return element
    // ICU writes an argument that is a number in the reader's number format. FormatJS does so only for the type “number”, so each
    // argument gets this type.
    case TYPE.argument:
      return { type: TYPE.number, value: element.value }
    case TYPE.number:
      if (element.style) break
      return { type: TYPE.number, value: element.value }
    case TYPE.plural:
    case TYPE.select:
      return {
        ...element,
        options: Object.fromEntries(Object.entries(element.options).map(([form, { value }]) => [form, { value: value.map(prepare) }])),
      } as MessageFormatElement
  }
  throw new Error(`“${TYPE[element.type]}” is not supported here`)
}

/** Compiles the catalogues while they are loaded, for the browser and for tests, and leaves the parser out of the bundle. */
export const messages = (): Plugin => ({
  name: 'messages',
  enforce: 'pre',
  resolveId(source, importer) {
    return source === '@formatjs/icu-messageformat-parser' && importer?.includes('intl-messageformat')
      ? this.resolve(`${source}/no-parser.js`, importer)
      : null
  },
  transform: {
    filter: { id: /\/src\/i18n\/\w+\/\w+\.json$/ },
    handler: (code) => JSON.stringify(compile(JSON.parse(code))),
  },
})
