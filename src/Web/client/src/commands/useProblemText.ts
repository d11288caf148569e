import { type Problem, unreachable } from '../api/http'
import { useReader } from '../i18n'

/** The command was built on a version that is no longer the current one. */
export const stale = 'roster.stale'

/** A function that returns the sentence for a refusal or a fault, in the reader's language. */
export function useProblemText() {
  const { t, word } = useReader()
  return ({ code, lacks }: Problem) => {
    if (code === stale) return t('board.stale')
    if (code === unreachable) return t('shell.unreachable')
    // The sentence says which right is missing, and who can give it.
    if (lacks) return t(`denied.${lacks.givenBy}`, { right: word('actions', lacks.action) })
    const known = word('findings', code)
    // A newer hub may have codes that this page does not know.
    return known === code ? t('shell.fault', { code }) : known
  }
}
