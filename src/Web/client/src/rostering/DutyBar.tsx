import { memo, type PointerEvent, useRef } from 'react'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { shortDate, span } from '../time/format'
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
export const DutyBar = memo(function DutyBar({
  duty,
  row,
  lane,
  axis,
  names,
  byRooms,
  current,
  moving,
  actions,
}: {
  duty: Duty
  row: string
  lane: number
  axis: Axis
  names: NetworkNames
  byRooms: boolean
  current: boolean
  moving: boolean
  actions: BarActions
}) {
  const { word, locale, t } = useReader()
  const first = useRef(duty.version)
  const look = lookOf(duty)
  const [Kind, Status] = [kindIcons[duty.kind], lookIcons[look]]
  const [left, right] = [xOf(duty.start, axis), xOf(duty.end, axis)]
  const width = Math.max(right - left, 12)
  const who = duty.consultants.map(names.personName).join(', ') || t('board.unassigned')
  const where = [names.hospitalName(duty.hospital), names.roomName(duty.hospital, duty.room) || t('board.remote')].join(', ')
  const sub = byRooms ? who : where
  const when = `${shortDate(duty.start, axis.zone, locale)} ${span(duty.start, duty.end, axis.zone, locale)}`
  const status = look === 'attention' ? duty.attention.map((a) => word('attention', a)).join(', ') : word('statuses', look)
  // Without the marks that isolate scripts: a label is spoken, not drawn.
  const label = t('board.barLabel', {
    title: duty.title,
    sub,
    kind: word('kinds', duty.kind),
    status,
    when,
    more: byRooms ? where : who,
  }).replace(/[\u2060\u2066-\u2069]/g, '')
  return (
    <button
      type="button"
      className={classes.bar}
      data-tiny={width <= 44 || undefined}
      data-moving={moving || undefined}
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
      {width > 44 ? (
        <span className={classes.words} aria-hidden>
          <span dir="auto" className={classes.title}>
            {duty.title}
          </span>{' '}
          <span className={classes.under}>
            <Status size={12} />
            {width > 80 && <Kind size={13} />}
            <span dir="auto" className={classes.sub}>
              {sub}
            </span>
          </span>
        </span>
      ) : (
        <span className={classes.icons} aria-hidden>
          <Status size={width > 24 ? 13 : 10} />
          {width > 34 && <Kind size={13} />}
        </span>
      )}
    </button>
  )
})
