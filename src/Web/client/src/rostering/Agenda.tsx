import { Button } from '@mantine/core'
import { useState } from 'react'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { addDays, clock, instantOf, shortDate } from '../time/format'
import { useNow } from '../time/useNow'
import classes from './Board.module.css'
import { kindIcons, lookIcons } from './look'
import { type Duty, lookOf } from './roster'

/** The day as a list, where a screen is too narrow for a board: from what is under way on, what has ended behind a button. */
export function Agenda({
  duties,
  names,
  date,
  hospital,
  zone,
  open,
}: {
  duties: readonly Duty[]
  names: NetworkNames
  date: string
  hospital: string | null
  zone: string
  open: (duty: Duty) => void
}) {
  const { t, word, locale } = useReader()
  const now = useNow(60_000)
  const [whole, setWhole] = useState(false)
  const sorted = [...duties].sort((a, b) => Date.parse(a.start) - Date.parse(b.start)).slice(0, 400)
  const coming = sorted.filter((duty) => Date.parse(duty.end) > now || duty.status === 'inProgress')
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
      {(folded > 0 ? coming : sorted).map((duty) => {
        const look = lookOf(duty)
        const [Kind, Status] = [kindIcons[duty.kind], lookIcons[look]]
        return (
          <li key={duty.id}>
            <button
              type="button"
              className={`${classes.bar} ${classes.agendaItem}`}
              data-engagement={duty.id}
              data-look={look}
              onClick={() => open(duty)}
            >
              <span className={classes.words}>
                <b>{clock(duty.start, zone, locale)}</b>
                <span className={classes.sub}>{clock(duty.end, zone, locale)}</span>
              </span>
              <span className={classes.icons} style={{ flexDirection: 'column' }} aria-hidden>
                <Status size={15} />
                <Kind size={15} />
              </span>
              <span className={classes.words}>
                <span className={classes.title}>
                  <bdi>{duty.title}</bdi>
                </span>
                <span className={classes.sub}>
                  <bdi>{names.hospitalName(duty.hospital)}</bdi> ·{' '}
                  <bdi>{names.roomName(duty.hospital, duty.room) || t('board.remote')}</bdi>
                </span>
                <span className={classes.sub}>
                  {word('statuses', look)} · {duty.consultants.map(names.personName).join(', ') || t('board.unassigned')}
                </span>
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
