import { useMemo, useState } from 'react'
import type { LectureMoments } from '../api/schema'
import { useResource } from '../api/useResource'
import type { Room } from './lecture'
import { momentsUrl, roomAt } from './replay'

/** While captions of what is watched may still be written, what was shown is read again as often, ms. */
const again = 3_000
const unsettled = (latest: LectureMoments | undefined) => (latest?.settled ? 0 : again)

/** What the page shows beside the picture: the room as it is, or as it was at the instant that is watched. */
export function useShown(session: string, live: Room) {
  const [instant, watch] = useState<number | null>(null)
  const { data } = useResource<LectureMoments>(instant === null ? null : momentsUrl(session, instant), unsettled)
  const [last, keep] = useState<LectureMoments>()
  if (data && data !== last) keep(data)
  // Where the next span is still on its way, the one before says what stood at its end.
  const known = data ?? last
  const shown = useMemo(() => {
    if (instant === null) return live
    return known ? roomAt(live, known.moments, instant) : { ...live, captions: new Map() }
  }, [live, known, instant])
  return {
    shown,
    /** The instant that is shown, ms since 1970; null is now. */
    at: instant !== null && known ? instant : null,
    /** Told which instant is watched; null is now. */
    watch,
  }
}
