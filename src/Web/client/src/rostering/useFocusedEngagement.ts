import { useCallback, useMemo, useRef, useState } from 'react'
import type { Row } from './layout'

/** After the board has scrolled to a row, it waits at most this many animation frames until the row appears. */
const mostTries = 120

/** The engagement that Tab leads to. The arrow keys lead on from there. */
export function useFocusedEngagement(rows: readonly Row[]) {
  const [last, focus] = useState<string | null>(null)
  const current = useMemo(
    () =>
      last && rows.some((row) => row.lanes.has(last)) ? last : (rows.find((row) => row.engagements.length > 0)?.engagements[0]?.id ?? null),
    [rows, last],
  )
  const seek = useRef<(id: string) => void>(null)
  /** Gives the focus to an engagement. Its row is drawn only once it is in sight, so the board scrolls there first. */
  const focusOn = useCallback((id: string) => {
    focus(id)
    let tries = mostTries
    const look = () => {
      const element = document.querySelector<HTMLElement>(`[data-engagement="${CSS.escape(id)}"]`)
      if (element) {
        element.focus({ preventScroll: true })
        element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      } else if (tries-- > 0) {
        seek.current?.(id)
        requestAnimationFrame(look)
      }
    }
    requestAnimationFrame(look)
  }, [])
  return { current, focus, focusOn, seek }
}
