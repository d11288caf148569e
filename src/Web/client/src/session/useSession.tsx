import { createContext, useContext } from 'react'
import useSWR, { preload } from 'swr'
import { http, Problem } from '../api/http'
import type { Session } from '../api/schema'

const address = '/api/session'

async function read(url: string): Promise<Session | null> {
  try {
    return await http.get<Session>(url)
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null
    throw error
  }
}

/** Who is signed in; null is nobody, undefined is not known yet. */
export const useSignedIn = () => useSWR<Session | null, Problem>(address, read)

/** Asks before anything is drawn, so that the answer is there when it is. */
export const askEarly = (): Promise<Session | null> => preload(address, read)

export const SessionContext = createContext<Session | null>(null)

/** The session of somebody signed in; only below the sign-in. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('Nobody is signed in here.')
  return session
}

/** The hub's address for what leaves this page, without a slash at its end. */
export const useHubAddress = () => useSession().publicUrl?.replace(/\/$/, '') ?? location.origin

/** Ends the session. The page is loaded anew, so that nothing of one person stays for the next. */
export async function signOut() {
  await http.delete('/api/session').catch(() => undefined)
  location.assign('/')
}
