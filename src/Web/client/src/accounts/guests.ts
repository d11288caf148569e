import type { Viewer } from '../viewer/useViewer'
import { stateOf } from './grants'

/** A session of a conference, and what the page for its guests needs to know. */
export interface GuestSession {
  readonly network: string | null | undefined
  readonly conference: string
  readonly session: string
  /** The IANA time zone of the conference. */
  readonly zone: string
  /** When the session ends, in ms since 1970. Null if it has no time. */
  readonly end: number | null
}

/** Whether a person may invite guest speakers: a coordinator of the whole network, or a host of the conference or of the session. */
export const mayInvite = ({ roles }: Pick<Viewer, 'roles'>, of: GuestSession, now = Date.now()) =>
  roles.some((grant) => {
    const { role, scope } = grant
    if (!of.network || scope.network !== of.network || stateOf(grant, now) !== 'valid') return false
    if (role === 'coordinator') return scope.hospitals.length === 0 && !scope.partner
    return role === 'host' && scope.conference === of.conference && (!scope.session || scope.session === of.session)
  })
