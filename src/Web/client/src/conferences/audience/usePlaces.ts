import { useMemo } from 'react'
import useSWR from 'swr'
import { http } from '../../api/http'
import type { OwnPlace, TopicItem, TopicItemSessionPlaces } from '../../api/schema'

export type Places = TopicItemSessionPlaces

/** How full each session is, by the id of the session. */
export const placesOf = (items: ReadonlyMap<string, TopicItem>): ReadonlyMap<string, Places> =>
  new Map([...items.values()].flatMap((item) => (item.type === 'places' ? [[item.session, item] as const] : [])))

/**
 * The reader's places, positions on waiting lists and stars, by the id of the session. They are read again when `places` changes, because
 * the reader may have moved up from the waiting list.
 * @param places How full the session is that the page shows.
 */
export function useOwnPlaces(conference: string, places: Places | undefined) {
  const { data, mutate } = useSWR<OwnPlace[]>(
    [`/api/conferences/${conference}/places`, places?.version ?? 0],
    ([url]: [string]) => http.get<OwnPlace[]>(url),
    { revalidateOnFocus: false, keepPreviousData: true },
  )
  const own = useMemo(() => new Map((data ?? []).map((p) => [p.session, p])), [data])
  return { own, known: data !== undefined, again: () => void mutate() }
}
