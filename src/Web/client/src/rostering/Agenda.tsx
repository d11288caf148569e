import { Button } from '@mantine/core'
import { useState } from 'react'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { clock } from '../time/format'
import { useNow } from '../time/useNow'
import classes from './Board.module.css'
import { kindIcons, lookIcons } from './look'
import { type Duty, lookOf } from './roster'

/** The day as a list, where a screen is too narrow for a board: from what is under way on, what has ended behind a button. */
export function Agenda({ duties, names, zone, open }: { duties: readonly Duty[]; names: NetworkNames; zone: string; open: (duty: Duty) => void }) {
  const { t, word, locale } = useReader()
  const now = useNow(60_000)
  const [whole, setWhole] = useState(false)
  const sorted = [...duties].sort((a, b) => Date.parse(a.start) - Date.parse(b.start)).slice(0, 400)
  const coming = sorted.filter((duty) => Date.parse(duty.end) > now || duty.status === 'inProgress')
  const folded = !whole && coming.length > 0 ? sorted.length - coming.length : 0
  return (
    <ul className={classes.agenda}>
      {folded > 0 && <li><Button fullWidth variant="default" onClick={() => setWhole(true)}>{t('board.earlier', { count: folded })}</Button></li>}
      {(folded > 0 ? coming : sorted).map((duty) => {
        const look = lookOf(duty)
        const [Kind, Status] = [kindIcons[duty.kind], lookIcons[look]]
        return (
          <li key={duty.id}>
            <button type="button" className={`${classes.bar} ${classes.agendaItem}`} data-engagement={duty.id} data-look={look} onClick={() => open(duty)}>
              <span className={classes.words}><b>{clock(duty.start, zone, locale)}</b><span className={classes.sub}>{clock(duty.end, zone, locale)}</span></span>
              <span className={classes.icons} style={{ flexDirection: 'column' }} aria-hidden><Status size={15} /><Kind size={15} /></span>
              <span className={classes.words}>
                <span className={classes.title}><bdi>{duty.title}</bdi></span>
                <span className={classes.sub}><bdi>{names.hospitalName(duty.hospital)}</bdi> · <bdi>{names.roomName(duty.hospital, duty.room) || t('board.remote')}</bdi></span>
                <span className={classes.sub}>{word('statuses', look)} · {duty.consultants.map(names.personName).join(', ') || t('board.unassigned')}</span>
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
