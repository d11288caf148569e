import { type Language, locale } from '../i18n/language'

/**
 * Returns the plural form of a credit unit that fits a number of credits. Coordinators may write plural forms as
 * `one:point||other:points`, with the plural categories of Unicode CLDR. A unit without plural forms is returned unchanged. The server's
 * `CreditUnit` reads the same notation.
 */
export function unitOf(unit: string, credits: number, language: Language): string {
  if (!/^(zero|one|two|few|many|other):/.test(unit)) return unit
  const forms = new Map(unit.split('||').map((form) => form.split(/:(.*)/s) as [string, string]))
  return forms.get(new Intl.PluralRules(locale[language]).select(credits)) ?? forms.get('other') ?? unit
}
