import { type Language, locale } from './language'

export type Values = Record<string, string | number>

/** One sentence of a catalogue. A text with forms for numbers is `one:…||other:…`, as many as the language has: `{count}` chooses, or where there is none the first number. */
export function fill(text: string, values: Values, language: Language): string {
  let chosen = text
  if (/^(zero|one|two|few|many|other):/.test(text)) {
    const forms = new Map(text.split('||').map((form) => form.split(/:(.*)/s) as [string, string]))
    chosen =
      forms.get(
        new Intl.PluralRules(locale[language]).select(
          Number(values.count ?? Object.values(values).find((value) => typeof value === 'number')),
        ),
      ) ??
      forms.get('other') ??
      text
  }
  return chosen.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name]
    // Isolated, so that names of another script do not reorder the sentence.
    return value === undefined
      ? whole
      : typeof value === 'number'
        ? new Intl.NumberFormat(locale[language]).format(value)
        : `\u2068${value}\u2069`
  })
}
