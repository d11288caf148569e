import { instantOf } from '../time/format'
import { deviceZone } from './grants'
import type { NewRole, RoleView, ScopeKind } from './wire'

/** A role as a person fills it in. `from` and `until` are local times of this device, or empty. */
export interface RoleDraft {
  readonly role: RoleView['role'] | null
  readonly kind: ScopeKind | null
  readonly network: string | null
  readonly hospitals: readonly string[]
  readonly partner: string | null
  readonly conference: string | null
  readonly session: string | null
  readonly from: string
  readonly until: string
}

export const blankRole: RoleDraft = {
  role: null,
  kind: null,
  network: null,
  hospitals: [],
  partner: null,
  conference: null,
  session: null,
  from: '',
  until: '',
}

const instant = (local: string) => (local ? new Date(instantOf(local, deviceZone)).toISOString() : null)

/** The role that a filled form stands for. Null while something is missing. */
export function newRoleOf({ role, kind, network, hospitals, partner, conference, session, from, until }: RoleDraft): NewRole | null {
  const period = { from: instant(from), until: instant(until) }
  if (!role || !kind) return null
  if (kind === 'hub') return { role, scope: { hospitals: [] }, ...period }
  if (!network) return null
  switch (kind) {
    case 'network':
      return { role, scope: { network, hospitals: [] }, ...period }
    case 'hospitals':
      return hospitals.length > 0 ? { role, scope: { network, hospitals: [...hospitals] }, ...period } : null
    case 'partner':
      return partner ? { role, scope: { network, hospitals: [], partner }, ...period } : null
    case 'conference':
      return conference ? { role, scope: { network, hospitals: [], conference }, ...period } : null
    case 'session':
      return conference && session ? { role, scope: { network, hospitals: [], conference, session }, ...period } : null
  }
}
