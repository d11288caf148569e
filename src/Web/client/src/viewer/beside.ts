import { http } from '../api/http'

/**
 * The other loopback name of the demo's hub. A browser keeps the cookies of the two names apart, so two people can be signed in side by
 * side.
 */
export const otherName = (host: string) => (host === 'localhost' ? '127.0.0.1' : 'localhost')

/** Opens a person's page in a window as narrow as a phone, beside this one. Only the demo allows this, on the hub's own machine. */
export function openBeside(person: string) {
  const address = new URL(`/?as=${encodeURIComponent(person)}`, location.href)
  address.hostname = otherName(address.hostname)
  window.open(address, 'beside', `popup,width=420,height=${screen.availHeight},left=${screen.availWidth - 420},top=0`)
}

/** Signs in the person who is named in an address such as `/?as=c-kim`, if the demo allows it, and removes the name from the address. */
export async function signInAsNamed(): Promise<boolean> {
  const address = new URL(location.href)
  const person = address.searchParams.get('as')
  if (!person) return false
  address.searchParams.delete('as')
  await http.post('/api/session/person', { person }).catch(() => undefined)
  location.replace(address)
  return true
}
