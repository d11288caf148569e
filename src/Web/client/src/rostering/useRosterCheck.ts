import { useCheck, weigh } from '../commands/useCheck'
import { check, type CommandInput } from './roster'

/**
 * The findings of the rules about a command while a person fills in a form. The reason is left out, because it does not change the answer.
 */
export function useRosterCheck(network: string, week: string, input: CommandInput | null) {
  const question = input && JSON.stringify([network, week, { ...input, reason: undefined }])
  const findings = useCheck(question, (asked) => check(...(JSON.parse(asked) as [string, string, CommandInput])))?.findings ?? []
  return { findings, ...weigh(findings) }
}
