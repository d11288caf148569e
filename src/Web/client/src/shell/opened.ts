import { useSearch } from 'wouter'
import { navigate } from 'wouter/use-browser-location'

/**
 * Opens something over the page. Its id is in the address under a name, so that Back closes it, and a reload or another browser opens it.
 * @param page The path that shows others the same page, if the reader's own path is more general.
 */
export function open(name: string, id: string, page = location.pathname) {
  const address = new URL(page + location.search, location.origin)
  // If it replaces something else, both are one step, and Back closes both.
  const replaces = address.searchParams.has(name)
  address.searchParams.set(name, id)
  navigate(address.pathname + address.search, { replace: replaces, state: replaces ? history.state : { over: name } })
}

/** Closes it. A person who opened it here goes back to where they were. A person who came by the address stays on the page. */
export function close(name: string) {
  if ((history.state as { over?: string } | null)?.over === name) return history.back()
  const address = new URL(location.href)
  if (!address.searchParams.has(name)) return
  address.searchParams.delete(name)
  navigate(address.pathname + address.search, { replace: true })
}

/** Removes names from the address that cannot be opened. The reader stays where they are. */
export function forget(...names: string[]) {
  const address = new URL(location.href)
  if (!names.some((name) => address.searchParams.has(name))) return
  for (const name of names) address.searchParams.delete(name)
  navigate(address.pathname + address.search, { replace: true })
}

/** The id that is open under a name, or null. */
export const useOpened = (name: string) => new URLSearchParams(useSearch()).get(name)
