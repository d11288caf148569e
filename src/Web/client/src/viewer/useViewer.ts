import { createContext, useContext } from 'react'
import useSWR, { mutate } from 'swr'
import { http, Problem } from '../api/http'
import type { Session as Viewer } from '../api/schema'

const address = '/api/session'

async function read(url: string): Promise<Viewer | null> {
  try {
    return await http.get<Viewer>(url)
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null
    throw error
  }
}

/** The person who is signed in. Null means nobody. Undefined means that the answer is not known yet. */
export const useSignedIn = () => useSWR<Viewer | null, Problem>(address, read, { revalidateIfStale: false })

/** Asks the hub who is signed in, before the app is drawn. `useSignedIn` then has the answer at once. */
export async function askEarly(): Promise<Viewer | null> {
  const viewer = await read(address)
  await mutate(address, viewer, { revalidate: false })
  return viewer
}

export const ViewerContext = createContext<Viewer | null>(null)

/** The person who is signed in. It works only on pages that need a sign-in. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext)
  if (!viewer) throw new Error('Nobody is signed in here.')
  return viewer
}

/** The hub's address for links that leave this page, without a slash at its end. */
export const useHubAddress = () => useViewer().publicUrl?.replace(/\/$/, '') ?? location.origin

/** Signs the person out. The page is loaded again, so that the next person sees nothing of this one. */
export async function signOut() {
  await http.delete('/api/session').catch(() => undefined)
  location.assign('/')
}
