import type { LocalName } from '../api/schema'
import { useReader } from '../i18n'
import { unitOf } from './unit'

export const number = (value: number, locale: string) => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value)

/**
 * Returns a function that gives the unit of credit to write beside a number. If the unit has plural forms, as in `one:point||other:points`,
 * the number chooses the form.
 */
export function useUnit() {
  const { nameOf, language } = useReader()
  return (unit: LocalName, credits: number) => unitOf(nameOf(unit), credits, language)
}
