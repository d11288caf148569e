import { useSearch } from 'wouter'
import { navigate } from 'wouter/use-browser-location'

/** Opens something over the page: its id stands in the address under a name, so that Back closes it, and a reload or another browser opens it.
 * @param page The path of a page that others see the same on, where the reader's is more general. */
export function open(name: string, id: string, page = location.pathname) {
  const address = new URL(page + location.search, location.origin)
  // What takes the place of another is one step with it, and Back closes both.
  const replaces = address.searchParams.has(name)
  address.searchParams.set(name, id)
  navigate(address.pathname + address.search, { replace: replaces, state: replaces ? history.state : { over: name } })
}

/** Closes it. Who opened it here goes back to where they were; who came by the address stays on the page. */
export function close(name: string) {
  if ((history.state as { over?: string } | null)?.over === name) return history.back()
  const address = new URL(location.href)
  if (!address.searchParams.has(name)) return
  address.searchParams.delete(name)
  navigate(address.pathname + address.search, { replace: true })
}

/** Takes from the address what is not there to be opened; the reader stays where they are. */
export function forget(...names: string[]) {
  const address = new URL(location.href)
  if (!names.some((name) => address.searchParams.has(name))) return
  for (const name of names) address.searchParams.delete(name)
  navigate(address.pathname + address.search, { replace: true })
}

/** The id of what is open under a name; null where nothing is. */
export const useOpened = (name: string) => new URLSearchParams(useSearch()).get(name)
