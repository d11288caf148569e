import { useMediaQuery } from '@mantine/hooks'
import { useCallback, useMemo, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { NetworkNames } from '../networks/useNetwork'
import { addDays, instantOf, localOf, mondayOf, weekOf } from '../time/format'
import { useNow, useToday } from '../time/useNow'
import { chosenOf, dayOf, everything, searchWith } from './address'
import { openingDay } from './opening'
import type { Engagement } from './roster'
import { type BoardView, narrows } from './view'

interface Shown {
  readonly network: string
  readonly week: string
  readonly names: NetworkNames
  readonly all: readonly Engagement[]
  /** Whether the week has been read. */
  readonly known: boolean
  /** Whether this is a wall display. */
  readonly wall: boolean
}

/** Reads from the address what a board shows of its week, and changes it there. */
export function useBoardView({ network, week, names, all, known, wall }: Shown) {
  const [, go] = useLocation()
  const search = useSearch()
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false })
  const chosen = useMemo(() => chosenOf(search), [search])
  const zone = (chosen.hospital ? names.hospital(chosen.hospital)?.timeZone : undefined) ?? names.zone
  const today = useToday(zone)
  // `useNow` may still give a time of yesterday when `useToday` has already changed to the new date.
  const now = Math.max(useNow(), instantOf(`${today}T00:00`, zone))
  // The opening day is found only once for each day, so that the board does not change to another day while somebody works on it.
  const [found, setFound] = useState({ of: '', date: '' })
  const opening = !known || found.of === `${week} ${today}` ? found : { of: `${week} ${today}`, date: openingDay(all, week, now, zone) }
  if (opening !== found) setFound(opening)
  const usual = opening.of ? opening.date : weekOf(today) === week ? today : mondayOf(week)
  const named = dayOf(search)
  // The day that is shown must lie in the week that is shown.
  const date = [named === 'today' ? today : named, usual].find((day) => day && weekOf(day) === week) ?? mondayOf(week)
  const view = useMemo<BoardView>(() => {
    const whole = { ...chosen, date, ...(narrow ? { span: 'day' as const, by: 'rooms' as const, kind: null, status: null } : {}) }
    // A wall display leaves out rows without engagements, so that more of the other rows fit on its screen.
    return { ...whole, narrows: wall || narrows(whole) }
  }, [chosen, date, narrow, wall])

  const set = useCallback(
    (change: Parameters<typeof searchWith>[1]) => go(location.pathname + searchWith(location.search, change), { replace: true }),
    [go],
  )
  /** Shows the day of an engagement and drops the filters that hide it or could hide it. */
  const showDayOf = useCallback(
    (engagement: Engagement) => {
      const { by, span, hospital } = chosenOf(location.search)
      const kept = hospital === engagement.hospital ? hospital : null
      set({ ...everything, by, span, hospital: kept, day: localOf(engagement.start, names.zone).slice(0, 10) })
    },
    [names.zone, set],
  )
  /** Leads to another day. For today, the address has the word `today` and not the date, so that the address is still right tomorrow. */
  const toDay = (next: string) =>
    go(
      next === today
        ? `/board/${network}${searchWith(location.search, { day: 'today' })}`
        : `/board/${network}/${weekOf(next)}${searchWith(location.search, { day: next })}`,
    )
  const step = (by: -1 | 1) => toDay(addDays(view.span === 'day' ? date : mondayOf(week), view.span === 'day' ? by : by * 7))
  return { view, date, zone, now, narrow, set, showDayOf, step, toToday: () => toDay(today) }
}
