import { type PointerEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Problem } from '../api/http'
import { type Axis, instantAt, snap, xOf } from './axis'
import type { Row } from './layout'
import { check, type Engagement, type Finding, isOpen, type CommandInput } from './roster'

export type Verdict = 'checking' | 'allowed' | 'warned' | 'refused'

/** The place that an engagement would go to, and the findings about it. */
export interface Move {
  readonly engagement: Engagement
  readonly fromRow: string
  readonly row: string
  /** In ms. */
  readonly start: number
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
  readonly by: 'pointer' | 'keys'
}

export interface Place {
  readonly network: string
  readonly weekOf: (engagement: Engagement) => string
  readonly live: (id: string) => Engagement | undefined
  readonly axis: Axis
  readonly rows: readonly Row[]
  readonly byRooms: boolean
}

export const lengthOf = (engagement: Engagement) => Date.parse(engagement.end) - Date.parse(engagement.start)

/** The command that a move asks for: another time or room, or other consultants. Null when nothing moves. */
export function inputOf(
  move: Pick<Move, 'engagement' | 'fromRow' | 'row' | 'start'>,
  rows: readonly Row[],
  byRooms: boolean,
  reason?: string,
): CommandInput | null {
  const { engagement, start } = move
  const moved = start !== Date.parse(engagement.start)
  const row = rows.find((r) => r.key === move.row)
  const base = { engagement: engagement.id, expectedVersion: engagement.version, reason: reason || undefined }
  if (move.row !== move.fromRow && !byRooms) {
    const [from] = [move.fromRow.slice('consultant:'.length)]
    const others = engagement.consultants.filter((c) => c !== from)
    return { ...base, type: 'assign', consultants: row?.id ? [...others, row.id] : others }
  }
  const room = move.row !== move.fromRow && row?.kind === 'room' ? row.id : undefined
  if (!moved && room === undefined) return null
  return {
    ...base,
    type: 'changeTime',
    start: new Date(start).toISOString(),
    end: new Date(start + lengthOf(engagement)).toISOString(),
    room,
  }
}

const staleFinding: Finding = { code: 'roster.stale', message: 'The engagement has changed meanwhile.', overridable: false }

const verdictOf = (allowed: boolean, findings: readonly Finding[]): Verdict =>
  findings.length === 0 && allowed ? 'allowed' : findings.every((f) => f.overridable) ? 'warned' : 'refused'

/** Moves an engagement by drag or by keys. Conflicts are checked whenever the target rests. A quick drop does not wait for the check. */
export function useMove(place: Place, drop: (move: Move) => void) {
  const [move, setMove] = useState<Move | null>(null)
  const latest = useRef({ place, drop, move })

  /** Whether an engagement may go to a row: to a room of its hospital, or to any consultant. */
  const mayGo = useCallback(
    (engagement: Engagement, row: Row) =>
      latest.current.place.byRooms ? row.kind === 'room' && row.hospital === engagement.hospital : row.kind === 'consultant',
    [],
  )

  const target = useCallback((next: { row?: string; start?: number }) => {
    setMove((now) => {
      if (!now) return null
      const changed = { ...now, ...next }
      // In the consultants' view, one move changes the consultant or the time, but not both.
      if (!latest.current.place.byRooms && changed.row !== changed.fromRow) changed.start = Date.parse(now.engagement.start)
      return changed.row === now.row && changed.start === now.start ? now : { ...changed, verdict: 'checking', findings: [] }
    })
  }, [])

  const begin = useCallback((engagement: Engagement, row: string, by: Move['by']) => {
    if (isOpen(engagement))
      setMove({ engagement, fromRow: row, row, start: Date.parse(engagement.start), verdict: 'allowed', findings: [], by })
  }, [])

  const cancel = useCallback(() => setMove(null), [])

  const finish = useCallback(() => {
    const now = latest.current.move
    setMove(null)
    if (now && inputOf(now, latest.current.place.rows, latest.current.place.byRooms)) latest.current.drop(now)
  }, [])

  // If a colleague has just changed the engagement that a person moves, the person learns this before the drop.
  const live = move ? place.live(move.engagement.id) : undefined
  const stale = !!move && !!live && live.version !== move.engagement.version
  const told = move && stale ? { ...move, verdict: 'refused' as const, findings: [staleFinding] } : move
  useLayoutEffect(() => {
    latest.current = { place, drop, move: told }
  })

  // Asks the hub when the target has not changed for a moment. Answers that come too late are dropped.
  const asked = move?.verdict === 'checking' ? `${move.row} ${move.start}` : null
  useEffect(() => {
    if (!asked) return
    let wanted = true
    const timer = setTimeout(() => {
      const { place: at, move: now } = latest.current
      const input = now && inputOf(now, at.rows, at.byRooms)
      if (!input) return setMove((m) => m && { ...m, verdict: 'allowed', findings: [] })
      check(at.network, at.weekOf(now.engagement), input).then(
        ({ allowed, findings }) => wanted && setMove((m) => m && { ...m, verdict: verdictOf(allowed, findings), findings }),
        (problem: Problem) =>
          wanted &&
          setMove(
            (m) =>
              m && {
                ...m,
                verdict: 'refused',
                // A refusal without findings is shown like a finding.
                findings:
                  problem.findings.length > 0
                    ? problem.findings
                    : [{ code: problem.code as Finding['code'], message: problem.message, overridable: false }],
              },
          ),
      )
    }, 120)
    return () => void (clearTimeout(timer), (wanted = false))
  }, [asked])

  /** Begins a drag only once the pointer has really moved, so that a click stays a click. */
  const grab = useCallback(
    (engagement: Engagement, row: string, event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || event.pointerType === 'touch') return
      const from = { x: event.clientX, y: event.clientY }
      const lane = event.currentTarget.parentElement!
      let dragging = false
      const over = (e: globalThis.PointerEvent) => {
        if (!dragging) {
          if (Math.hypot(e.clientX - from.x, e.clientY - from.y) < 5) return
          if (!isOpen(engagement)) return stop()
          dragging = true
          begin(engagement, row, 'pointer')
        }
        const { axis, rows } = latest.current.place
        const grip = from.x - lane.getBoundingClientRect().left - xOf(engagement.start, axis)
        const start = instantAt(e.clientX - lane.getBoundingClientRect().left - grip, axis)
        const key = document.elementFromPoint(e.clientX, e.clientY)?.closest<HTMLElement>('[data-row-key]')?.dataset.rowKey
        const under = rows.find((r) => r.key === key)
        target({ start, ...(under && mayGo(engagement, under) ? { row: under.key } : {}) })
      }
      const up = () => (stop(), dragging && swallowClick(), dragging && finish())
      const escape = (e: KeyboardEvent) => e.key === 'Escape' && (stop(), swallowClick(), cancel())
      const stop = () => {
        window.removeEventListener('pointermove', over)
        window.removeEventListener('pointerup', up)
        window.removeEventListener('keydown', escape)
      }
      window.addEventListener('pointermove', over)
      window.addEventListener('pointerup', up)
      window.addEventListener('keydown', escape)
    },
    [begin, cancel, finish, mayGo, target],
  )

  /** Handles a key while an engagement is moved by keys. Returns whether the key was used. */
  const press = useCallback(
    (key: string) => {
      const now = latest.current.move
      if (!now) return false
      const rows = latest.current.place.rows.filter((row) => mayGo(now.engagement, row))
      const index = rows.findIndex((row) => row.key === now.row)
      if (key === 'ArrowLeft') target({ start: now.start - snap })
      else if (key === 'ArrowRight') target({ start: now.start + snap })
      else if (key === 'ArrowUp') target({ row: rows[Math.max(0, index - 1)]?.key ?? now.row })
      else if (key === 'ArrowDown') target({ row: rows[Math.min(rows.length - 1, index + 1)]?.key ?? now.row })
      else if (key === 'Enter') finish()
      else if (key === 'Escape') cancel()
      else return false
      return true
    },
    [cancel, finish, mayGo, target],
  )

  return { move: told, begin, grab, press, cancel, finish }
}

/** Stops the click that the browser sends at the end of a drag, so that it opens nothing. */
function swallowClick() {
  const swallow = (event: MouseEvent) => (event.stopPropagation(), event.preventDefault())
  window.addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 50)
}
