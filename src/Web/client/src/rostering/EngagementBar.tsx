import { memo, type PointerEvent, useRef } from 'react'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { shortDate, span } from '../time/format'
import { type Axis, xOf } from './axis'
import classes from './Board.module.css'
import { laneHeight } from './layout'
import { kindIcons, lookIcons } from './look'
import { type Engagement, lookOf } from './roster'

export interface BarActions {
  readonly open: (engagement: Engagement) => void
  readonly focus: (id: string) => void
  readonly grab: (engagement: Engagement, row: string, event: PointerEvent<HTMLElement>) => void
}

/** One engagement on the board. It is drawn again only when one of these properties or the reader's language changes. */
export const EngagementBar = memo(function EngagementBar({
  engagement,
  row,
  lane,
  axis,
  names,
  byRooms,
  current,
  moving,
  actions,
}: {
  engagement: Engagement
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
  const first = useRef(engagement.version)
  const look = lookOf(engagement)
  const [Kind, Status] = [kindIcons[engagement.kind], lookIcons[look]]
  const [left, right] = [xOf(engagement.start, axis), xOf(engagement.end, axis)]
  const width = Math.max(right - left, 12)
  const who = engagement.consultants.map(names.personName).join(', ') || t('board.unassigned')
  const where = [names.hospitalName(engagement.hospital), names.roomName(engagement.hospital, engagement.room) || t('board.remote')].join(
    ', ',
  )
  const sub = byRooms ? who : where
  const when = `${shortDate(engagement.start, axis.zone, locale)} ${span(engagement.start, engagement.end, axis.zone, locale)}`
  const status = look === 'attention' ? engagement.attention.map((a) => word('attention', a)).join(', ') : word('statuses', look)
  // The label has none of the marks that isolate scripts, because screen readers speak it.
  const label = t('board.barLabel', {
    title: engagement.title,
    sub,
    kind: word('kinds', engagement.kind),
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
      data-engagement={engagement.id}
      data-look={look}
      data-emergency={engagement.emergency || undefined}
      tabIndex={current ? 0 : -1}
      aria-label={label}
      title={label}
      onClick={() => actions.open(engagement)}
      onFocus={() => actions.focus(engagement.id)}
      onPointerDown={(event) => actions.grab(engagement, row, event)}
    >
      {engagement.version > first.current && <span key={engagement.version} className={classes.flash} aria-hidden />}
      {width > 44 ? (
        <span className={classes.words} aria-hidden>
          <span dir="auto" className={classes.title}>
            {engagement.title}
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
