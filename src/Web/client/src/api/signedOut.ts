/** The codes with which the hub says that a sign-in is over. */
const over = new Set(['session.ended', 'session.expired', 'session.deactivated'])

let why: string | null = null
const listeners = new Set<() => void>()

function become(next: string | null) {
  if (why === next) return
  why = next
  for (const listener of [...listeners]) listener()
}

/** The hub's code for the end of the sign-in. Null while nothing says that the sign-in has ended. */
export const whySignedOut = () => why

/** Calls the listener when the sign-in ends, and when the person is signed in again. Returns a function that removes the listener. */
export function onSignedOut(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Notes that the hub has ended the sign-in. The first reason counts: the refusals after it only follow from it. */
export const noteSignedOut = (code: string) => become(why ?? code)

/** Notes that the hub knows the person again. */
export const noteSignedIn = () => become(null)

/** Notes a refusal of any request, if it says that the sign-in is over. */
export const noteRefusal = (status: number, code: string) => void (status === 401 && over.has(code) && noteSignedOut(code))
