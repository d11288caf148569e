import useSWR from 'swr'
import { http } from '../api/http'

/** The signed-in person's favourites of a conference. */
export function useFavourites(conference: string) {
  const url = `/api/conferences/${conference}/favourites`
  const { data, mutate } = useSWR<string[]>(url, (u: string) => http.get<string[]>(u), { revalidateOnFocus: false })
  const marked = new Set(data)
  const toggle = (session: string) =>
    mutate(
      async () => {
        await (marked.has(session) ? http.delete(`${url}/${session}`) : http.put(`${url}/${session}`))
        return http.get<string[]>(url)
      },
      { optimisticData: marked.has(session) ? [...marked].filter((s) => s !== session) : [...marked, session], revalidate: false },
    ).catch(() => undefined)
  return { marked, toggle }
}
