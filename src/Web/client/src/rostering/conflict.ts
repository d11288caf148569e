import { createContext, useContext } from 'react'
import { useReader } from '../i18n'
import type { Finding } from './roster'

/** How a page calls the engagement that stands in the way, where it knows it. */
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
