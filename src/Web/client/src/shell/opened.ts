import { useSearch } from 'wouter'
import { navigate } from 'wouter/use-browser-location'

/**
 * Opens something over the page, for example a dialog. Its id is added to the page's address under a name. So the Back button closes it,
 * and a reload or another browser opens it again.
 * @param page The path that shows others the same page, if the reader's own path is more general.
 */
export function open(name: string, id: string, page = location.pathname) {
  const address = new URL(page + location.search, location.origin)
  // If something is already open under this name, the new id replaces it in the same entry of the browser's history. The Back button
  // therefore does not return to the old id.
  const replaces = address.searchParams.has(name)
  address.searchParams.set(name, id)
  navigate(address.pathname + address.search, { replace: replaces, state: replaces ? history.state : { over: name } })
}

/**
 * Closes what is open under a name. If the person opened it here, this goes back in the history. If the person came by a link to it, this
 * only removes its id from the address.
 */
export function close(name: string) {
  if ((history.state as { over?: string } | null)?.over === name) return history.back()
  const address = new URL(location.href)
  if (!address.searchParams.has(name)) return
  address.searchParams.delete(name)
  navigate(address.pathname + address.search, { replace: true })
}

/** Removes these names and their ids from the address, because there is nothing to open under them. The reader stays on the page. */
export function forget(...names: string[]) {
  const address = new URL(location.href)
  if (!names.some((name) => address.searchParams.has(name))) return
  for (const name of names) address.searchParams.delete(name)
  navigate(address.pathname + address.search, { replace: true })
}

/** The id that is open under a name, or null. */
export const useOpened = (name: string) => new URLSearchParams(useSearch()).get(name)
