import { Button } from '@mantine/core'
import { useState } from 'react'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { addDays, clock, instantOf, shortDate } from '../time/format'
import { useNow } from '../time/useNow'
import classes from './Board.module.css'
import { kindIcons, lookIcons } from './look'
import { type Engagement, lookOf } from './roster'

/**
 * The day as a list, for screens too narrow for a board. Closures come first. While engagements are under way or still to come, ended ones
 * are hidden until the reader presses a button.
 */
export function Agenda({
  engagements,
  names,
  date,
  hospital,
  zone,
  open,
}: {
  engagements: readonly Engagement[]
  names: NetworkNames
  date: string
  hospital: string | null
  zone: string
  open: (engagement: Engagement) => void
}) {
  const { t, word, locale } = useReader()
  const now = useNow(60_000)
  const [whole, setWhole] = useState(false)
  const sorted = [...engagements].sort((a, b) => Date.parse(a.start) - Date.parse(b.start)).slice(0, 400)
  const coming = sorted.filter((engagement) => Date.parse(engagement.end) > now || engagement.status === 'inProgress')
  const folded = !whole && coming.length > 0 ? sorted.length - coming.length : 0
  const [from, to] = [instantOf(date, zone), instantOf(addDays(date, 1), zone)]
  const at = (instant: string) => `${shortDate(instant, zone, locale)} ${clock(instant, zone, locale)}`
  const closures = names.hospitals
    .filter((h) => !hospital || h.id === hospital)
    .flatMap((h) =>
      h.closures.filter((c) => Date.parse(c.from) < to && Date.parse(c.to) > from).map((closure) => ({ hospital: h, closure })),
    )
  return (
    <ul className={classes.agenda}>
      {closures.map(({ hospital: h, closure }) => (
        <li key={`${h.id}${closure.room}${closure.from}`} className={classes.agendaShut} data-closed>
          <bdi>{names.hospitalName(h.id)}</bdi>
          {closure.room && (
            <>
              {' '}
              · <bdi>{names.roomName(h.id, closure.room)}</bdi>
            </>
          )}{' '}
          · {t('board.closedFrom', { from: at(closure.from), to: at(closure.to) })}
        </li>
      ))}
      {folded > 0 && (
        <li>
          <Button fullWidth variant="default" onClick={() => setWhole(true)}>
            {t('board.earlier', { count: folded })}
          </Button>
        </li>
      )}
      {(folded > 0 ? coming : sorted).map((engagement) => {
        const look = lookOf(engagement)
        const [Kind, Status] = [kindIcons[engagement.kind], lookIcons[look]]
        return (
          <li key={engagement.id}>
            <button
              type="button"
              className={`${classes.bar} ${classes.agendaItem}`}
              data-engagement={engagement.id}
              data-look={look}
              onClick={() => open(engagement)}
            >
              <span className={classes.words}>
                <b>{clock(engagement.start, zone, locale)}</b>
                <span className={classes.sub}>{clock(engagement.end, zone, locale)}</span>
              </span>
              <span className={classes.icons} style={{ flexDirection: 'column' }} aria-hidden>
                <Status size={15} />
                <Kind size={15} />
              </span>
              <span className={classes.words}>
                <span className={classes.title}>
                  <bdi>{engagement.title}</bdi>
                </span>
                <span className={classes.sub}>
                  <bdi>{names.hospitalName(engagement.hospital)}</bdi> ·{' '}
                  <bdi>{names.roomName(engagement.hospital, engagement.room) || t('board.remote')}</bdi>
                </span>
                <span className={classes.sub}>
                  {word('statuses', look)} · {engagement.consultants.map(names.personName).join(', ') || t('board.unassigned')}
                </span>
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
