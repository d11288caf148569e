import { createContext, useContext } from 'react'
import useSWR from 'swr'
import { http, Problem } from '../api/http'
import type { Session } from '../api/schema'

/** Who is signed in; null is nobody, undefined is not known yet. */
export function useSignedIn() {
  return useSWR<Session | null, Problem>('/api/session', async (url: string) => {
    try {
      return await http.get<Session>(url)
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null
      throw error
    }
  })
}

export const SessionContext = createContext<Session | null>(null)

/** The session of somebody signed in; only below the sign-in. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('Nobody is signed in here.')
  return session
}

/** Ends the session. The page is loaded anew, so that nothing of one person stays for the next. */
export async function signOut() {
  await http.delete('/api/session').catch(() => undefined)
  location.assign('/')
}
