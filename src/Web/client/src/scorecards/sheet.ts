import type { Grant } from '../api/schema'
import { isValidNow } from '../viewer/useViewer'
import { query } from './question'

/** What a person may see: the sheet of the host, and the sheets of which partners. */
export interface SheetRights {
  readonly host: boolean
  /** Null means all partners. */
  readonly partners: readonly string[] | null
}

const readers: readonly string[] = ['coordinator', 'registrar', 'auditor', 'programmeDirector']

export function rightsOf(grants: readonly Grant[], network: string, now = Date.now()): SheetRights {
  const scopes = grants.filter((g) => readers.includes(g.role) && g.scope.network === network && isValidNow(g, now)).map((g) => g.scope)
  const whole = scopes.some(({ hospitals, partner }) => hospitals.length === 0 && !partner)
  return {
    host: scopes.some(({ partner }) => !partner),
    partners: whole ? null : scopes.flatMap(({ hospitals, partner }) => (hospitals.length === 0 && partner ? [partner] : [])),
  }
}

/** The address of a sheet. Without a partner it is the host's sheet. */
export const sheetUrl = (network: string, days: { readonly from: string; readonly to: string }, partner: string | null, file = '') =>
  `/api/scorecards/${network}/sheets/${partner ? 'partner' : 'host'}${file}?${query({ ...days, partner })}`
