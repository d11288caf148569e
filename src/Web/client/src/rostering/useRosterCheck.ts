import { useCheck, weigh } from '../commands/useCheck'
import { check, type Wish } from './roster'

/** The findings of the rules about a wish while a person fills in a form. The reason is left out, because it does not change the answer. */
export function useRosterCheck(network: string, week: string, wish: Wish | null) {
  const question = wish && JSON.stringify([network, week, { ...wish, reason: undefined }])
  const findings = useCheck(question, (asked) => check(...(JSON.parse(asked) as [string, string, Wish])))?.findings ?? []
  return { findings, ...weigh(findings) }
}
