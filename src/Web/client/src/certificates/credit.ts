import type { LocalName } from '../api/schema'
import { useReader } from '../i18n'
import { fill } from '../i18n/fill'

export const number = (value: number, locale: string) => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value)

/** A unit of credit as it stands beside a number: `one:point||other:points` has forms, of which the number chooses. */
export function useUnit() {
  const { nameOf, language } = useReader()
  return (unit: LocalName, credits: number) => fill(nameOf(unit), { count: credits }, language)
}
