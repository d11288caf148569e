import { memo, type PointerEvent, useRef } from 'react'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { clock, shortDate } from '../time/format'
import { type Axis, xOf } from './axis'
import classes from './Board.module.css'
import { laneHeight } from './layout'
import { kindIcons, lookIcons } from './look'
import { type Duty, lookOf } from './roster'

export interface BarActions {
  readonly open: (duty: Duty) => void
  readonly focus: (id: string) => void
  readonly grab: (duty: Duty, row: string, event: PointerEvent<HTMLElement>) => void
}

/** One duty on the board. Drawn again only when the duty, the axis or the focus changes. */
export const DutyBar = memo(function DutyBar({ duty, row, lane, axis, names, byRooms, current, actions }: { duty: Duty; row: string; lane: number; axis: Axis; names: NetworkNames; byRooms: boolean; current: boolean; actions: BarActions }) {
  const reader = useReader()
  const { word, locale, t } = reader
  const first = useRef(duty.version)
  const look = lookOf(duty)
  const [Kind, Status] = [kindIcons[duty.kind], lookIcons[look]]
  const [left, right] = [xOf(duty.start, axis), xOf(duty.end, axis)]
  const width = Math.max(right - left, 14)
  const who = duty.consultants.map(names.personName).join(', ') || t('board.unassigned')
  const where = [names.hospitalName(duty.hospital), names.roomName(duty.hospital, duty.room) || t('board.remote')].join(', ')
  const when = `${shortDate(duty.start, axis.zone, locale)} ${clock(duty.start, axis.zone, locale)}–${clock(duty.end, axis.zone, locale)}`
  const status = look === 'attention' ? duty.attention.map((a) => word('attention', a)).join(', ') : word('statuses', look)
  const label = t('board.barLabel', { title: duty.title, kind: word('kinds', duty.kind), status, when, where, who })
  return (
    <button
      type="button"
      className={classes.bar}
      style={{ left, width, top: lane * laneHeight + 3 }}
      data-engagement={duty.id}
      data-look={look}
      data-emergency={duty.emergency || undefined}
      tabIndex={current ? 0 : -1}
      aria-label={label}
      title={label}
      onClick={() => actions.open(duty)}
      onFocus={() => actions.focus(duty.id)}
      onPointerDown={(event) => actions.grab(duty, row, event)}
    >
      {duty.version > first.current && <span key={duty.version} className={classes.flash} aria-hidden />}
      {width > 30 && <span className={classes.icons} aria-hidden><Status size={13} />{width > 52 && <Kind size={14} />}</span>}
      {width > 76 && (
        <span className={classes.words} aria-hidden>
          <span dir="auto" className={classes.title}>{duty.title}</span>
          <span dir="auto" className={classes.sub}>{byRooms ? who : where}</span>
        </span>
      )}
      {width <= 30 && <Status size={12} aria-hidden />}
    </button>
  )
})
