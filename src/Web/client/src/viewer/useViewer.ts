import { createContext, useCallback, useContext, useEffect } from 'react'
import useSWR, { mutate, useSWRConfig } from 'swr'
import { http, Problem } from '../api/http'
import type { Grant, Role, Session } from '../api/schema'
import { noteSignedIn, noteSignedOut, onSignedOut, whySignedOut } from '../api/signedOut'
import { noteViewer } from './guest'

/** The person who is signed in. `network` is empty for a person without a network, such as an administrator of the whole hub. */
export type Viewer = Omit<Session, 'network'> & { readonly network: string }

const address = '/api/session'

async function read(url: string): Promise<Viewer | null> {
  try {
    const session = await http.get<Session>(url)
    noteSignedIn()
    noteViewer(session)
    return { ...session, network: session.network ?? '' }
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error
    noteSignedOut(error.code)
    return null
  }
}

/** The person who is signed in. Null means nobody. Undefined means that the answer is not known yet. */
export function useSignedIn() {
  const answer = useSWR<Viewer | null, Problem>(address, read, { revalidateIfStale: false })
  const { data, mutate } = answer
  // When the hub says that the sign-in has ended, the page asks. The person may still be signed in, with fewer roles.
  useEffect(() => onSignedOut(() => void (whySignedOut() && data && mutate())), [data, mutate])
  return answer
}

/** A function that asks the hub again who is signed in. */
export function useAskAgain() {
  const { mutate } = useSWRConfig()
  return useCallback(() => mutate(address), [mutate])
}

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

export const isValidNow = ({ from, until }: Grant, now = Date.now()) => Date.parse(from) <= now && (!until || now < Date.parse(until))

/** The roles that a person has now. The main role comes first. */
export function rolesOf({ role, roles }: Pick<Viewer, 'role' | 'roles'>, now = Date.now()): ReadonlySet<Role> {
  return new Set([role, ...roles.filter((grant) => isValidNow(grant, now)).map((grant) => grant.role)])
}

/** Whether the reader coordinates the whole network, and not only some hospitals or a partner's consultants. */
export function useCoordinates(): boolean {
  const { roles, network } = useViewer()
  return roles.some(
    (grant) =>
      grant.role === 'coordinator' &&
      grant.scope.network === network &&
      grant.scope.hospitals.length === 0 &&
      !grant.scope.partner &&
      isValidNow(grant),
  )
}

/** The hub's address for links that leave this page, without a slash at its end. */
export const useHubAddress = () => useViewer().publicUrl?.replace(/\/$/, '') ?? location.origin

/** Signs the person out. The page is loaded again, so that the next person sees nothing of this one. */
export async function signOut() {
  await http.delete('/api/session').catch(() => undefined)
  location.assign('/')
}
