import useSWR, { preload } from 'swr'
import { http, Problem } from './http'

const read = <T>(address: string) => http.get<T>(address)

/** Asks for what a page is about to need. */
export const fetchEarly = (url: string) => void preload(url, read)

/** Something that seldom changes, read once and shared by every part that asks for it; null asks for nothing. It is read again every so many ms, if you say so, or for as long as what was read says. */
export function useResource<T>(url: string | null, every: number | ((latest: T | undefined) => number) = 0) {
  return useSWR<T, Problem>(url, read, {
    revalidateOnFocus: false,
    refreshInterval: every,
    shouldRetryOnError: (error) => error.status === 0 || error.status >= 500,
  })
}
