import type { LocalName } from '../api/schema'
import { useReader } from '../i18n'
import { fill } from '../i18n/fill'

export const number = (value: number, locale: string) => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value)

/** A unit of credit beside a number. In `one:point||other:points` the number chooses the form. */
export function useUnit() {
  const { nameOf, language } = useReader()
  return (unit: LocalName, credits: number) => fill(nameOf(unit), { count: credits }, language)
}
