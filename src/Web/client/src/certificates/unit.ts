import { type Language, locale } from '../i18n/language'

/**
 * The form of a credit unit for a number. Administrators may write forms as `one:point||other:points`, with the plural
 * categories of Unicode CLDR. The server's `CreditUnit` reads the same notation.
 */
export function unitOf(unit: string, credits: number, language: Language): string {
  if (!/^(zero|one|two|few|many|other):/.test(unit)) return unit
  const forms = new Map(unit.split('||').map((form) => form.split(/:(.*)/s) as [string, string]))
  return forms.get(new Intl.PluralRules(locale[language]).select(credits)) ?? forms.get('other') ?? unit
}
