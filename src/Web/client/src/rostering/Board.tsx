import { Button, Center, Loader, Stack, Text, VisuallyHidden } from '@mantine/core'
import { useCallbackRef, useElementSize, useLocalStorage } from '@mantine/hooks'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Link } from 'wouter'
import { ConflictContext } from '../commands/useFindingText'
import { useReader } from '../i18n'
import type { Watched } from '../live/LiveConnection'
import type { NetworkNames } from '../networks/useNetwork'
import { PageControls } from '../shell/controls'
import { open as openOver, useOpened } from '../shell/opened'
import { hour, instantOf, longDate, mondayOf, span } from '../time/format'
import { useViewer } from '../viewer/useViewer'
import { ActivityFeed } from './ActivityFeed'
import { Agenda } from './Agenda'
import { axisOf, hoursOf } from './axis'
import classes from './Board.module.css'
import { Filters, Period } from './BoardControls'
import { BoardDialogs } from './BoardDialogs'
import { FirstSteps } from './FirstSteps'
import { type Row, rowsKeeper } from './layout'
import { MoveBar } from './MoveBar'
import { usePart } from './part'
import { type Engagement, isOpen, weekOfEngagement } from './roster'
import { nameWidth, neighbour, Timeline } from './Timeline'
import { useBoardDialogs } from './useBoardDialogs'
import { useBoardKeys } from './useBoardKeys'
import { useBoardMoves } from './useBoardMoves'
import { useBoardPalette } from './useBoardPalette'
import { useBoardView } from './useBoardView'
import { useFocusedEngagement } from './useFocusedEngagement'
import { useRosterCommand } from './useRosterCommand'
import { useTurning } from './useTurning'
import { matches } from './view'

interface Props extends Watched {
  readonly network: string
  readonly week: string
  readonly names: NetworkNames
  /** The week's engagements. */
  readonly all: readonly Engagement[]
}

/** One week of a network. The address says what the board shows. */
export function Board({ network, week, names, picture, refused, all }: Props) {
  const { t, nameOf, locale } = useReader()
  const viewer = useViewer()
  const part = usePart(network)
  const readOnly = !part.plans
  const wall = viewer.role === 'display'
  const known = picture.position !== null
  const [feedShown, setFeedShown] = useLocalStorage({ key: 'hub.feed', defaultValue: true })
  const board = useBoardView({ network, week, names, all, known, wall })
  const { view, date, zone, narrow, set, showDayOf } = board

  const shown = useMemo(() => all.filter((engagement) => matches(engagement, view, zone, names)), [all, view, zone, names])
  const [rowsOf] = useState(rowsKeeper)
  const rows = useMemo(() => rowsOf(shown, view, names), [rowsOf, shown, view, names])
  const { ref: sized, width } = useElementSize()
  const { from, to } = useMemo(() => hoursOf(shown, zone, view.span === 'day' ? date : undefined), [shown, zone, view.span, date])
  const axis = useMemo(
    () =>
      view.span === 'day'
        ? axisOf(date, 1, zone, { from, to }, width - nameWidth - 20, 60)
        : axisOf(mondayOf(week), 7, zone, { from, to }, width - nameWidth - 20, 14),
    [view.span, date, week, zone, from, to, width],
  )
  const byRooms = view.by === 'rooms'
  const scroller = useRef<HTMLDivElement>(null)
  useTurning(scroller, wall)
  const { current, focus, focusOn, seek } = useFocusedEngagement(rows)
  const command = useRosterCommand(network, week)
  const dialogs = useBoardDialogs(network, week)
  const engagementOf = (id: string | null) => (id ? (picture.items.get(`engagement/${id}`) as Engagement | undefined) : undefined)
  const inTheWay = (id: string) => {
    const engagement = engagementOf(id)
    return engagement && `${engagement.title}, ${span(engagement.start, engagement.end, zone, locale)}`
  }

  /** Shows an engagement even if a filter hides it, and gives it the focus. */
  const reveal = useCallback((engagement: Engagement) => (showDayOf(engagement), focusOn(engagement.id)), [focusOn, showDayOf])
  const openId = useOpened('show')
  const opened = engagementOf(openId)
  // The address may name an engagement. A person who comes by that address sees the engagement on the board too.
  const shownFor = useRef<string | null>(null)
  useEffect(() => {
    if (!openId) shownFor.current = null
    if (!opened || shownFor.current === opened.id) return
    shownFor.current = opened.id
    reveal(opened)
  }, [opened, openId, reveal])
  /** Opens an engagement that the person sees already. */
  const openEngagement = useCallback(
    (id: string) => {
      shownFor.current = id
      openOver('show', id, `/board/${network}/${week}`)
    },
    [network, week],
  )

  const place = { network, weekOf: (e: Engagement) => weekOfEngagement(e, names.zone), live: engagementOf, axis, rows, byRooms }
  const { moving, said } = useBoardMoves({ place, zone, command, dialogs, focusOn, show: openEngagement })
  const { grab } = moving
  const { clear } = command
  const actions = useMemo(
    () => ({
      open: (engagement: Engagement) => (clear(), openEngagement(engagement.id)),
      focus,
      grab: readOnly ? () => undefined : grab,
    }),
    [clear, focus, grab, openEngagement, readOnly],
  )

  const create = useCallbackRef((row: Row, start: number) =>
    dialogs.plan({
      hospital: row.hospital ?? view.hospital,
      room: row.kind === 'room' ? row.id : null,
      consultant: row.kind === 'consultant' && row.id ? row.id : null,
      start,
    }),
  )
  const emptyPlan = (at: number) => ({
    hospital: view.hospital,
    room: null,
    consultant: null,
    start: Math.ceil(Math.max(at, instantOf(date, zone) + 8 * hour) / hour) * hour,
  })
  const plan = () => dialogs.plan(emptyPlan(Date.now()))
  const move = () => {
    const row = rows.find((r) => current && r.lanes.has(current))
    const engagement = engagementOf(current)
    if (engagement && row) moving.begin(engagement, row.key, 'keys')
  }
  const reassign = () => {
    const engagement = engagementOf(current)
    if (engagement && isOpen(engagement)) dialogs.ask('reassign', engagement.id)
  }
  const toggleFeed = useCallback(() => setFeedShown((now) => !now), [setFeedShown])
  useBoardKeys(wall, { ...board, edit: readOnly ? undefined : { plan, move, reassign }, toggleFeed })
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if (moving.press(event.key)) return event.preventDefault()
    if (!event.key.startsWith('Arrow') || event.ctrlKey || event.altKey || event.metaKey) return
    const next = neighbour(rows, current, event.key)
    if (!next) return
    event.preventDefault()
    focusOn(next.id)
  }
  useBoardPalette(names, all, zone, set, reveal)

  // These functions stay the same, so that a changed engagement does not draw the controls again.
  const [step, today, planNew] = [useCallbackRef(board.step), useCallbackRef(board.toToday), useCallbackRef(plan)]
  const controls = { view, week, names, narrow, set, step, today }
  const showEngagement = useCallbackRef((id: string) => {
    const engagement = engagementOf(id)
    if (engagement) reveal(engagement)
  })
  const closeFeed = useCallback(() => setFeedShown(false), [setFeedShown])
  return (
    <ConflictContext.Provider value={inTheWay}>
      <div className={classes.page}>
        <VisuallyHidden component="h1">{t('board.title', { network: nameOf(names.network?.name) })}</VisuallyHidden>
        <VisuallyHidden role="status">{said}</VisuallyHidden>
        <div>
          {narrow ? (
            <div className={classes.period}>
              <Period {...controls} />
            </div>
          ) : (
            <PageControls>
              {wall ? (
                <Text fw={600} data-wall-day>
                  {longDate(`${date}T12:00:00Z`, 'UTC', locale)}
                </Text>
              ) : (
                <Period {...controls} />
              )}
            </PageControls>
          )}
          {!wall && (
            <Filters
              {...controls}
              count={shown.length}
              create={readOnly ? undefined : planNew}
              feedShown={feedShown}
              toggleFeed={toggleFeed}
            />
          )}
          {viewer.demo && viewer.role === 'coordinator' && !narrow && <FirstSteps engagements={all} names={names} show={showEngagement} />}
        </div>
        <div className={classes.body}>
          <div ref={sized} className={classes.sized}>
            {refused ? (
              <Center flex={1} role="alert">
                {t('board.refused', { why: refused })}
              </Center>
            ) : !known ? (
              <Center flex={1}>
                <Loader aria-label={t('board.loading')} />
              </Center>
            ) : names.hospitals.length === 0 ? (
              <Center flex={1}>
                <Stack align="center" gap="sm" data-no-hospitals>
                  <Text role="status">{t('guide.emptyBoard')}</Text>
                  {part.plans && (
                    <Button component={Link} href={`/guide/${encodeURIComponent(network)}`}>
                      {t('guide.goOn')}
                    </Button>
                  )}
                </Stack>
              </Center>
            ) : shown.length === 0 && view.narrows ? (
              <Center flex={1}>
                <Text role="status">{t('board.nothing')}</Text>
              </Center>
            ) : narrow ? (
              <div className={classes.scroller}>
                {shown.length === 0 ? (
                  <Center h="50%">
                    <Text>{t('board.emptyWeek')}</Text>
                  </Center>
                ) : (
                  <Agenda engagements={shown} names={names} date={date} hospital={view.hospital} zone={zone} open={actions.open} />
                )}
              </div>
            ) : (
              <Timeline
                rows={rows}
                axis={axis}
                names={names}
                byRooms={byRooms}
                current={current}
                move={moving.move}
                scroller={scroller}
                seek={seek}
                actions={actions}
                onEmpty={readOnly ? undefined : create}
                onKey={onKey}
              />
            )}
          </div>
          {feedShown && !narrow && !wall && <ActivityFeed items={picture.items} names={names} show={showEngagement} close={closeFeed} />}
        </div>
        {moving.move ? <MoveBar move={moving.move} rows={rows} zone={zone} /> : <div />}
        <BoardDialogs
          network={network}
          names={names}
          items={picture.items}
          known={known}
          readOnly={readOnly}
          command={command}
          dialogs={dialogs}
          emptyPlan={emptyPlan(board.now)}
          focusOn={focusOn}
        />
      </div>
    </ConflictContext.Provider>
  )
}
