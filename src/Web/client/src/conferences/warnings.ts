import type { Problem } from '../api/http'
import type { ImportWarning } from '../api/schema'
import type { Reader, TextKey } from '../i18n'
import { datedDay } from '../time/format'

/** The names of values that are numbers, and of values that are dates. All other values are shown unchanged. */
const numbers = new Set(['count', 'most', 'places']),
  dates = new Set(['date', 'begins'])

/** A warning in the reader's language. Null when the client does not know the sentence. */
export function said({ sentence, values }: ImportWarning, { t, word, locale }: Pick<Reader, 't' | 'word' | 'locale'>): string | null {
  if (word('importSentences', sentence) === sentence) return null
  const shown = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      numbers.has(name) ? Number(value) : dates.has(name) ? datedDay(`${value}T00:00Z`, 'UTC', locale) : value,
    ]),
  )
  const say = (name: string) => t(`importSentences.${name}` as TextKey, shown)
  return values.places === undefined ? say(sentence) : `${say(sentence)} ${say('import.places')}`
}

/** The sentence that says why a file is refused, in the reader's language. Null when the client does not know the sentence. */
export function refused(
  { sentence, values }: Pick<Problem, 'sentence' | 'values'>,
  { t, word }: Pick<Reader, 't' | 'word'>,
): string | null {
  if (!sentence || word('importRefusals', sentence) === sentence) return null
  return t(
    `importRefusals.${sentence}` as TextKey,
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, numbers.has(name) ? Number(value) : value])),
  )
}

/** The place in the file, in the reader's language. A JSON path, or something that is no place in a file, is shown unchanged. */
export function placed(place: string, { t }: Pick<Reader, 't'>): string {
  const [, line, column, byte, event] = /^line (\d+)(?:, column (\d+)|, byte (\d+)|, event (.+))?$/.exec(place) ?? []
  if (!line) return place
  return column
    ? t('importPlaces.column', { line, column })
    : byte
      ? t('importPlaces.byte', { line, byte })
      : event
        ? t('importPlaces.event', { line, event })
        : t('importPlaces.line', { line })
}

/** The number of warnings, including those that the hub has counted but not listed. */
export const howMany = (warnings: readonly ImportWarning[]) =>
  warnings.reduce((sum, w) => sum + (w.sentence === 'import.more' ? Number(w.values.count) : 1), 0)
