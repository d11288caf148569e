import { useMemo, useState } from 'react'
import type { LectureMoments } from '../api/schema'
import { useResource } from '../api/useResource'
import type { Room } from './lecture'
import { momentsUrl, roomAt } from './replay'

/** How often the past state of the room is read again while its captions may still change, in ms. */
const again = 3_000
const unsettled = (latest: LectureMoments | undefined) => (latest?.settled ? 0 : again)

/** The room that the page shows beside the picture: as it is now, or as it was at the instant that is watched. */
export function useShown(session: string, live: Room) {
  const [instant, watch] = useState<number | null>(null)
  const { data } = useResource<LectureMoments>(instant === null ? null : momentsUrl(session, instant), unsettled)
  const [last, keep] = useState<LectureMoments>()
  if (data && data !== last) keep(data)
  // While the moments around the instant are being read, the moments that were read last are used.
  const known = data ?? last
  const shown = useMemo(() => {
    if (instant === null) return live
    return known ? roomAt(live, known.moments, instant) : { ...live, captions: new Map() }
  }, [live, known, instant])
  return {
    shown,
    /** The instant that is shown, in ms since 1970. Null means now. */
    at: instant !== null && known ? instant : null,
    /** Called with the instant that is watched. Null means now. */
    watch,
  }
}
