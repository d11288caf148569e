import useSWR from 'swr'
import { http, Problem } from './http'

/** Something that seldom changes, read once and shared by every part that asks for it; null asks for nothing. */
export function useResource<T>(url: string | null) {
  return useSWR<T, Problem>(url, (address: string) => http.get<T>(address), { revalidateOnFocus: false, shouldRetryOnError: (error) => error.status === 0 || error.status >= 500 })
}
