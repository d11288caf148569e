import { createContext, useContext } from 'react'
import type { Finding } from '../api/schema'
import { useReader } from '../i18n'

/** The name that a page gives to the engagement that a finding conflicts with. A page that does not know it answers undefined. */
export const ConflictContext = createContext<(engagement: string) => string | undefined>(() => undefined)

/** A finding in the reader's words, with what it conflicts with. */
export function useFindingText() {
  const { word } = useReader()
  const nameOf = useContext(ConflictContext)
  return (finding: Finding) => {
    const other = finding.conflictsWith ? nameOf(finding.conflictsWith) : undefined
    return other ? `${word('findings', finding.code)}: \u2068${other}\u2069` : word('findings', finding.code)
  }
}
