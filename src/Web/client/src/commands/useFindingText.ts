import { createContext, useContext } from 'react'
import type { Finding } from '../api/schema'
import { useReader } from '../i18n'

/**
 * A function of the page that returns the name of the engagement that a finding conflicts with. Undefined if the page does not know the
 * engagement.
 */
export const ConflictContext = createContext<(engagement: string) => string | undefined>(() => undefined)

/** The text of a finding in the reader's language, with the name of the engagement that the finding conflicts with. */
export function useFindingText() {
  const { word } = useReader()
  const nameOf = useContext(ConflictContext)
  return (finding: Finding) => {
    const other = finding.conflictsWith ? nameOf(finding.conflictsWith) : undefined
    return other ? `${word('findings', finding.code)}: \u2068${other}\u2069` : word('findings', finding.code)
  }
}
