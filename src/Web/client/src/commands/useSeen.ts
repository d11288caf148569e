import { useState } from 'react'

/**
 * The state that a person saw when a form opened. The form works on this state and sends its version, so that nobody overwrites a change
 * that they have not seen.
 */
export function useSeen<T extends { readonly version: number }>(live: T, first: T = live) {
  const [seen, setSeen] = useState(first)
  return { seen, changed: live.version !== seen.version, renew: () => setSeen(live) }
}
