import { useMemo } from 'react'
import type { Role } from '../api/schema'
import { isValidNow, useViewer, type Viewer } from '../viewer/useViewer'

/** The part of a network's board that a person may see, and whether the person may change what is there. */
export interface Part {
  /** The hospitals to which the person is limited. Null if the person may see all of them. */
  readonly hospitals: readonly string[] | null
  /** The partner institution to whose consultants the person is limited. */
  readonly partner: string | null
  readonly plans: boolean
}

const reading: readonly Role[] = ['coordinator', 'registrar', 'consultant', 'display', 'auditor']

/** The part that the roles of a person give in a network. The hub decides by the same rules. */
export function partOf({ roles }: Pick<Viewer, 'roles'>, network: string, now = Date.now()): Part {
  const here = roles.filter((grant) => reading.includes(grant.role) && grant.scope.network === network && isValidNow(grant, now))
  const plans = here.some(({ role, scope }) => role === 'coordinator' && !scope.partner)
  const limited = here.length > 0 && here.every(({ scope }) => scope.partner || scope.hospitals.length > 0)
  if (!limited) return { hospitals: null, partner: null, plans }
  const hospitals = [...new Set(here.flatMap(({ scope }) => scope.hospitals))]
  return hospitals.length > 0
    ? { hospitals, partner: null, plans }
    : { hospitals: null, partner: here.find(({ scope }) => scope.partner)!.scope.partner!, plans }
}

export function usePart(network: string): Part {
  const viewer = useViewer()
  return useMemo(() => partOf(viewer, network), [viewer, network])
}
