import useSWR, { preload } from 'swr'
import { http, Problem } from './http'

const read = <T>(address: string) => http.get<T>(address)

/** Reads in advance what a page will need. */
export const fetchEarly = (url: string) => void preload(url, read)

/**
 * Reads data that seldom change, once for all parts of the page that ask for them at the same time. If the URL is null, nothing is read.
 * `every` gives the pause between two readings in ms, or computes this pause from the latest data. If it is 0, the data are read again only
 * when a part of the page that asks for them appears, or when the network is back.
 */
export function useResource<T>(url: string | null, every: number | ((latest: T | undefined) => number) = 0) {
  return useSWR<T, Problem>(url, read, {
    revalidateOnFocus: false,
    refreshInterval: every,
    shouldRetryOnError: (error) => error.status === 0 || error.status >= 500,
  })
}
