import type { Problem } from '../api/http'
import { useProblemText } from '../commands/useProblemText'

/** The field that a refusal is about, if the refusal does not name its place. */
const fieldOf: Readonly<Record<string, string>> = {
  'account.bad-email': 'email',
  'account.bad-name': 'name',
  'account.bad-user-name': 'userName',
  'account.name-taken': 'userName',
  'password.weak': 'password',
  'role.bad-period': 'until',
  'role.bad-scope': 'scope',
  'session.code-denied': 'code',
}

/**
 * Puts a refusal next to the field that it is about. `at` returns the sentence for a field, and `rest` is the refusal if it is about none
 * of the form's fields.
 */
export function useFaults(problem: Problem | undefined, fields: readonly string[]) {
  const textOf = useProblemText()
  // A place is a JSON path such as `$.userName`, `$.roles[0]` or `$.name.en`. A fault of a whole name is shown at its English text.
  const place = problem?.place?.replace(/^\$\.?|\[\d+\]/g, '') ?? ''
  const field =
    problem &&
    [place, `${place}.en`, place.split('.').at(-1), fieldOf[problem.code]].find((name) => name !== undefined && fields.includes(name))
  return {
    at: (name: string) => (problem && field === name ? textOf(problem) : undefined),
    rest: field ? undefined : problem,
  }
}
