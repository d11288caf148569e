import type { Session } from '../api/schema'

const kept = 'hub.guest'

/**
 * Notes that a guest has signed in with a link in this tab. The hub does not say so later, and a guest whose link was withdrawn should not
 * read about an account.
 */
export const noteGuest = () => sessionStorage.setItem(kept, '1')

export const wasGuest = () => sessionStorage.getItem(kept) !== null

/** Forgets the guest when somebody else has signed in. A guest speaks in one session and has no other role. */
export function noteViewer({ role, roles }: Pick<Session, 'role' | 'roles'>) {
  if (role !== 'speaker' || roles.length !== 1 || !roles[0]!.scope.session) sessionStorage.removeItem(kept)
}
