import { useCheck, weigh } from '../commands/useCheck'
import { check, type Wish } from './roster'

/** What the rules say about a wish while a form is filled in. The reason is left out, because it changes nothing about the answer. */
export function useRosterCheck(network: string, week: string, wish: Wish | null) {
  const question = wish && JSON.stringify([network, week, { ...wish, reason: undefined }])
  const findings = useCheck(question, (asked) => check(...(JSON.parse(asked) as [string, string, Wish])))?.findings ?? []
  return { findings, ...weigh(findings) }
}
