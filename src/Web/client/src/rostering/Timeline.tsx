import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  memo,
  type MouseEvent,
  type Ref,
  type RefObject,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useMemo,
} from 'react'
import type { Hospital } from '../api/schema'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { clock, localOf, shortDate, span, zoneCity } from '../time/format'
import { useNow } from '../time/useNow'
import { type Axis, instantAt, xOf } from './axis'
import classes from './Board.module.css'
import { type BarActions, EngagementBar } from './EngagementBar'
import { laneHeight, type Row, rowHeight } from './layout'
import type { Engagement } from './roster'
import { type Shut, shutOf } from './shut'
import { lengthOf, type Move } from './useMove'

export const nameWidth = 176

interface Props {
  readonly rows: readonly Row[]
  readonly axis: Axis
  readonly names: NetworkNames
  readonly byRooms: boolean
  readonly current: string | null
  readonly move: Move | null
  readonly scroller: RefObject<HTMLDivElement | null>
  /** Scrolls an engagement's row into view. */
  readonly seek: Ref<(id: string) => void>
  readonly actions: BarActions
  readonly onEmpty: ((row: Row, start: number) => void) | undefined
  readonly onKey: (event: KeyboardEvent<HTMLElement>) => void
}

/** The resources are below each other, and time runs from left to right. Only the rows in or near the view are drawn. */
export function Timeline({ rows, axis, names, byRooms, current, move, scroller, seek, actions, onEmpty, onKey }: Props) {
  const { t, locale } = useReader()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => rowHeight(rows[i]!),
    getItemKey: (i) => rows[i]!.key,
    overscan: 6,
    paddingStart: 0,
  })
  // Heights follow from the rows, so they are measured again when the rows change.
  const heights = rows.map(rowHeight).join()
  useEffect(() => virtual.measure(), [heights, virtual])
  useImperativeHandle(
    seek,
    () => (id: string) => {
      const index = rows.findIndex((row) => row.lanes.has(id))
      if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' })
    },
    [rows, virtual],
  )
  // If today is among the shown days and they are wider than the screen, the timeline is scrolled to the present time.
  const fits = scroller.current !== null && axis.width + nameWidth <= scroller.current.clientWidth
  const showToday = useEffectEvent(() => {
    const now = Date.now()
    if (!fits && scroller.current && axis.days.includes(localOf(now, axis.zone).slice(0, 10)))
      scroller.current.scrollLeft = xOf(now, axis) - (scroller.current.clientWidth - nameWidth) / 3
  })
  const [firstDay] = axis.days
  useEffect(() => showToday(), [fits, firstDay, axis.days.length, scroller])
  const width = nameWidth + axis.width
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      dir="ltr"
      role="region"
      aria-label={t('board.axis', { zone: zoneCity(axis.zone, locale) })}
      onKeyDown={onKey}
      tabIndex={rows.length > 0 && current ? -1 : 0}
      data-board
    >
      <Head axis={axis} width={width} />
      <div style={{ position: 'relative', height: virtual.getTotalSize(), width }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]!
          return (
            <BoardRow
              key={row.key}
              row={row}
              hospital={row.kind === 'room' ? names.hospital(row.hospital!) : undefined}
              top={item.start}
              axis={axis}
              names={names}
              byRooms={byRooms}
              current={current && row.lanes.has(current) ? current : null}
              move={move?.row === row.key ? move : null}
              moving={move && row.lanes.has(move.engagement.id) ? move.engagement.id : null}
              actions={actions}
              onEmpty={onEmpty}
            />
          )
        })}
        <NowLine axis={axis} />
      </div>
    </div>
  )
}

function Head({ axis, width }: { axis: Axis; width: number }) {
  const { t, locale } = useReader()
  const today = localOf(useNow(60_000), axis.zone).slice(0, 10)
  const every = axis.pixelsAnHour >= 34 ? 1 : axis.pixelsAnHour >= 17 ? 2 : 3
  return (
    <div className={classes.head} style={{ width }} aria-hidden>
      <div className={classes.corner} style={{ width: nameWidth }} dir="auto">
        {t('board.axis', { zone: zoneCity(axis.zone, locale) })}
      </div>
      <div className={classes.ticks} style={{ width: axis.width }}>
        {axis.days.map((date, i) => (
          <div key={date}>
            <span className={classes.dayName} style={{ left: i * axis.dayWidth }} dir="auto" data-today={date === today || undefined}>
              {shortDate(`${date}T12:00:00Z`, 'UTC', locale)}
            </span>
            {Array.from({ length: axis.to - axis.from - 1 }, (_, h) => h + 1)
              .filter((h) => h % every === 0)
              .map((h) => (
                <span key={h} className={classes.hour} style={{ left: i * axis.dayWidth + h * axis.pixelsAnHour }}>
                  {String(axis.from + h).padStart(2, '0')}
                </span>
              ))}
          </div>
        ))}
        <NowLabel axis={axis} />
      </div>
    </div>
  )
}

function useNowX(axis: Axis) {
  const now = useNow()
  const local = localOf(now, axis.zone)
  const hours = Number(local.slice(11, 13)) + Number(local.slice(14)) / 60
  const edge = hours < axis.from ? ('before' as const) : hours > axis.to ? ('after' as const) : undefined
  return { now, edge, x: axis.days.includes(local.slice(0, 10)) ? xOf(now, axis) : null }
}

function NowLine({ axis }: { axis: Axis }) {
  const { x, edge } = useNowX(axis)
  return x === null || edge ? null : <div className={classes.nowLine} style={{ left: nameWidth + x }} />
}

function NowLabel({ axis }: { axis: Axis }) {
  const { locale } = useReader()
  const { x, now, edge } = useNowX(axis)
  // Outside the shown hours there is no line, but the label says on which side the present is.
  return x === null ? null : (
    <span className={classes.nowLabel} data-edge={edge} style={{ left: x }}>
      {edge === 'before' && '← '}
      {clock(now, axis.zone, locale)}
      {edge === 'after' && ' →'}
    </span>
  )
}

interface RowProps extends Pick<Props, 'axis' | 'names' | 'byRooms' | 'current' | 'move' | 'actions' | 'onEmpty'> {
  readonly row: Row
  readonly hospital: Hospital | undefined
  readonly top: number
  readonly moving: string | null
}

const BoardRow = memo(function BoardRow({ row, hospital, top, axis, names, byRooms, current, move, moving, actions, onEmpty }: RowProps) {
  const { t, locale } = useReader()
  const label = row.label || t(row.kind === 'remote' ? 'board.remote' : 'board.unassigned')
  // Lines for days, and for hours if there is room.
  const lines = useMemo(() => {
    const hours =
      axis.pixelsAnHour >= 34 ? `, repeating-linear-gradient(to right, var(--hub-line) 0 1px, transparent 1px ${axis.pixelsAnHour}px)` : ''
    return {
      backgroundImage: `repeating-linear-gradient(to right, var(--hub-line-strong) 0 1px, transparent 1px ${axis.dayWidth}px)${hours}`,
    }
  }, [axis])
  const shut = useMemo(() => (hospital ? shutOf(hospital, row.id, axis) : []), [hospital, row.id, axis])
  const at = (instant: number) => `${shortDate(instant, axis.zone, locale)} ${clock(instant, axis.zone, locale)}`
  const shutLabel = (why: Shut['why'], from: number, to: number) =>
    t(why === 'closed' ? 'board.closedFrom' : 'board.outsideHours', { from: at(from), to: at(to) })
  const closures = shut.filter(({ why }) => why === 'closed').map(({ from, to }) => shutLabel('closed', from, to))
  const create = (event: MouseEvent<HTMLDivElement>) => {
    if (!(event.target as Element).closest('button') && row.kind !== 'group')
      onEmpty?.(row, instantAt(event.clientX - event.currentTarget.getBoundingClientRect().left, axis))
  }
  const height = rowHeight(row)
  return (
    <div
      className={classes.row}
      style={{ top, height, width: nameWidth + axis.width }}
      role="group"
      aria-label={[label, ...closures].join('. ')}
      data-kind={row.kind}
      data-row={row.id}
      data-row-key={row.key}
      data-target={move ? true : undefined}
    >
      <div className={classes.name} style={{ width: nameWidth, height }}>
        <span dir="auto" title={label}>
          {label}
        </span>
      </div>
      <div className={classes.lane} style={{ width: axis.width, height, ...(row.kind === 'group' ? {} : lines) }} onClick={create}>
        {shut.map(({ left, width, why, from, to }) => (
          <div key={`${why}${left}`} className={classes.shut} data-why={why} style={{ left, width }} title={shutLabel(why, from, to)}>
            {why === 'closed' && width > 60 && <span dir="auto">{t('board.closed')}</span>}
          </div>
        ))}
        {row.engagements.map((engagement) => (
          <EngagementBar
            key={engagement.id}
            engagement={engagement}
            row={row.key}
            lane={row.lanes.get(engagement.id)!}
            axis={axis}
            names={names}
            byRooms={byRooms}
            current={current === engagement.id}
            moving={moving === engagement.id}
            actions={actions}
          />
        ))}
        {move && <Ghost move={move} axis={axis} lane={move.row === move.fromRow ? (row.lanes.get(move.engagement.id) ?? 0) : 0} />}
      </div>
    </div>
  )
})

function Ghost({ move, axis, lane }: { move: Move; axis: Axis; lane: number }) {
  const { t, word, locale } = useReader()
  const end = move.start + lengthOf(move.engagement)
  const verdict = {
    checking: 'board.moveChecking',
    allowed: 'board.moveAllowed',
    warned: 'board.moveWarned',
    refused: 'board.moveRefused',
  } as const
  return (
    <div
      className={classes.ghost}
      data-verdict={move.verdict}
      style={{ left: xOf(move.start, axis), minWidth: Math.max(14, xOf(end, axis) - xOf(move.start, axis)), top: lane * laneHeight + 3 }}
      aria-hidden
    >
      <div>
        <b>{span(move.start, end, axis.zone, locale)}</b>
      </div>
      <div dir="auto">{move.findings[0] ? word('findings', move.findings[0].code) : t(verdict[move.verdict])}</div>
    </div>
  )
}

/** The engagement that an arrow key leads to: its neighbour in the row, or the one that starts nearest in the next used row up or down. */
export function neighbour(rows: readonly Row[], from: string | null, key: string): Engagement | undefined {
  const index = rows.findIndex((row) => from && row.lanes.has(from))
  if (index < 0) return rows.find((row) => row.engagements.length > 0)?.engagements[0]
  const row = rows[index]!
  const at = row.engagements.findIndex((d) => d.id === from)
  if (key === 'ArrowLeft') return row.engagements[at - 1]
  if (key === 'ArrowRight') return row.engagements[at + 1]
  const step = key === 'ArrowUp' ? -1 : 1
  for (let i = index + step; i >= 0 && i < rows.length; i += step) {
    const { engagements } = rows[i]!
    if (engagements.length === 0) continue
    const start = Date.parse(row.engagements[at]!.start)
    return engagements.reduce((best, d) => (Math.abs(Date.parse(d.start) - start) < Math.abs(Date.parse(best.start) - start) ? d : best))
  }
  return undefined
}
