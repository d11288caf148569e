import { Center, Loader, Text, VisuallyHidden } from '@mantine/core'
import { useCallbackRef, useElementSize, useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { type KeyboardEvent, lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useLocation, useParams, useSearch } from 'wouter'
import { ConflictContext } from '../commands/useFindingText'
import { useReader } from '../i18n'
import type { Watched } from '../live/LiveConnection'
import { useTopic } from '../live/useTopic'
import { useNetwork } from '../networks/useNetwork'
import { PageControls } from '../shell/controls'
import type { Findable } from '../shell/findable'
import { useKeys } from '../shell/keys'
import { close, open as openOver, useOpened } from '../shell/opened'
import { usePalette } from '../shell/palette'
import { addDays, addWeeks, clock, hour, instantOf, localOf, longDate, mondayOf, shortDate, span, weekOf } from '../time/format'
import { useNow, useToday } from '../time/useNow'
import { useViewer } from '../viewer/useViewer'
import { ActivityFeed } from './ActivityFeed'
import { chosenOf, dayOf, everything, searchWith } from './address'
import { Agenda } from './Agenda'
import { axisOf, hoursOf } from './axis'
import classes from './Board.module.css'
import { Filters, Period } from './BoardControls'
import { type Asking, Details } from './Details'
import { DropDialog, type Question } from './DropDialog'
import { Elsewhere } from './Elsewhere'
import { FirstSteps } from './FirstSteps'
import { type Row, rowsKeeper } from './layout'
import { MoveBar } from './MoveBar'
import { isOver, openingDay } from './opening'
import type { Blank } from './PlanDialog'
import { ReassignDialog } from './ReassignDialog'
import { type Engagement, isOpen, weekOfEngagement } from './roster'
import { nameWidth, neighbour, Timeline } from './Timeline'
import { type Move, useMove, wishOf } from './useMove'
import { useRosterCommand } from './useRosterCommand'
import { useTurning } from './useTurning'
import { type BoardView, matches, narrows } from './view'

/** The network's week, live: see it, move an engagement, give it to somebody else. */
export default function BoardPage() {
  const viewer = useViewer()
  const params = useParams<{ network?: string; week?: string }>()
  const network = params.network ?? viewer.network
  const names = useNetwork(network)
  const { t, word } = useReader()
  const today = useToday(names.zone)
  // Until the zone is known, the hub says which week it is.
  const current = names.ready ? weekOf(today) : names.currentWeek
  const day = dayOf(useSearch())
  const [over, setOver] = useState<string>()
  // An address without a week and a day shows the current week, or the next where nothing is left to do in it.
  const week = params.week ?? (day && day !== 'today' ? weekOf(day) : !day && current && over === current ? addWeeks(current, 1) : current)
  // Asked for at once: the week comes while the names are read.
  const watched = useTopic(week ? `board/${network}/${week}` : null)
  const { picture } = watched
  const engagements = useMemo(() => engagementsOf(picture), [picture])
  if (!params.week && !day && week && week === current && week !== over && picture.at && isOver(engagements, Date.parse(picture.at)))
    setOver(week)
  if (names.problem)
    return (
      <Center h="60%" role="alert">
        {names.problem.status === 403
          ? t('shell.denied')
          : names.problem.status === 0
            ? t('shell.unreachable')
            : word('findings', names.problem.code)}
      </Center>
    )
  if (!week || !names.ready)
    return (
      <Center h="60%">
        <Loader aria-label={t('board.loading')} />
      </Center>
    )
  return <Board network={network} week={week} names={names} watched={watched} all={engagements} />
}

/** The palette gives the focus back when it has gone (ms); what it led to takes it after that. */
const paletteCloses = 250

// Whoever only looks at a board needs neither.
const ChangeTimeDialog = lazy(() => import('./ChangeTimeDialog').then((module) => ({ default: module.ChangeTimeDialog })))
const PlanDialog = lazy(() => import('./PlanDialog').then((module) => ({ default: module.PlanDialog })))

const engagementsOf = (picture: Watched['picture']) =>
  [...picture.items.values()].filter((item): item is Engagement => item.type === 'engagement')

function Board({
  network,
  week,
  names,
  watched: { picture, refused },
  all,
}: {
  network: string
  week: string
  names: ReturnType<typeof useNetwork>
  watched: Watched
  all: readonly Engagement[]
}) {
  const reader = useReader()
  const { t, locale } = reader
  const viewer = useViewer()
  const readOnly = viewer.role !== 'coordinator'
  const wall = viewer.role === 'display'
  const [, go] = useLocation()
  const search = useSearch()
  const narrow = useMediaQuery('(max-width: 40em)', window.innerWidth < 640) ?? false
  const chosen = useMemo(() => chosenOf(search), [search])
  const zone = (chosen.hospital ? names.hospital(chosen.hospital)?.timeZone : undefined) ?? names.zone
  const today = useToday(zone)
  const [feedShown, setFeedShown] = useLocalStorage({ key: 'hub.feed', defaultValue: true })
  // The day that a board opens on is found once for each day, so that nobody's board turns a page while they work on it.
  const [found, setFound] = useState({ of: '', date: '' })
  // The time is renewed less often than the date.
  const now = Math.max(useNow(), instantOf(`${today}T00:00`, zone))
  const opening =
    picture.position === null || found.of === `${week} ${today}`
      ? found
      : { of: `${week} ${today}`, date: openingDay(all, week, now, zone) }
  if (opening !== found) setFound(opening)
  const usual = opening.of ? opening.date : weekOf(today) === week ? today : mondayOf(week)
  // The day shown lies in the week shown.
  const named = dayOf(search)
  const date = [named === 'today' ? today : named, usual].find((day) => day && weekOf(day) === week) ?? mondayOf(week)
  const view = useMemo<BoardView>(() => {
    const whole = { ...chosen, date, ...(narrow ? { span: 'day' as const, by: 'rooms' as const, kind: null, status: null } : {}) }
    // A wall leaves out rooms without work, so that its screen has room for all hospitals.
    return { ...whole, narrows: wall || narrows(whole) }
  }, [chosen, date, narrow, wall])
  const set = useCallback(
    (change: Parameters<typeof searchWith>[1]) => go(location.pathname + searchWith(location.search, change), { replace: true }),
    [go],
  )

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
  const seek = useRef<(id: string) => void>(null)
  const [focusedLast, setCurrent] = useState<string | null>(null)
  // Tab leads to one engagement; the arrow keys lead on from there.
  const current = useMemo(
    () =>
      focusedLast && rows.some((row) => row.lanes.has(focusedLast))
        ? focusedLast
        : (rows.find((row) => row.engagements.length > 0)?.engagements[0]?.id ?? null),
    [rows, focusedLast],
  )
  const openId = useOpened('show')
  const asking = { reassign: useOpened('reassign'), changeTime: useOpened('changeTime') }
  /** Onto whose row an engagement was dropped, and what it was when it was taken up. */
  const [dropped, setDropped] = useState<{ engagement: Engagement; on: string | null }>()
  const [question, setQuestion] = useState<Question | null>(null)
  const planning = useOpened('dialog') === 'plan' && !readOnly
  /** What a new engagement begins with, where a place on the board was chosen for it. */
  const [blank, setBlank] = useState<Blank>()
  const [said, setSaid] = useState('')
  const command = useRosterCommand(network, week)
  const engagementOf = (id: string | null | undefined) =>
    id ? (picture.items.get(`engagement/${id}`) as Engagement | undefined) : undefined
  const inTheWay = (id: string) => {
    const engagement = engagementOf(id)
    return engagement && `${engagement.title}, ${span(engagement.start, engagement.end, zone, locale)}`
  }
  const ownWeek = (engagement: Engagement) => weekOfEngagement(engagement, names.zone)
  const open = engagementOf(openId)
  const reassigned = readOnly ? undefined : engagementOf(asking.reassign)
  const retimed = readOnly ? undefined : engagementOf(asking.changeTime)
  /** Opened by its address, and not in this week. */
  const missing =
    picture.position === null
      ? undefined
      : (
          [
            ['show', openId, open],
            ['reassign', asking.reassign, reassigned],
            ['changeTime', asking.changeTime, retimed],
          ] as const
        ).find(([, id, engagement]) => id && !engagement && !engagementOf(id))
  const droppedHere = dropped?.engagement.id === reassigned?.id ? dropped : undefined

  const focusOn = useCallback((id: string) => {
    setCurrent(id)
    // Drawn only once its row is in sight: seek it until it is.
    let tries = 120
    const look = () => {
      const element = document.querySelector<HTMLElement>(`[data-engagement="${CSS.escape(id)}"]`)
      if (element) {
        element.focus({ preventScroll: true })
        element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      } else if (tries-- > 0) {
        seek.current?.(id)
        requestAnimationFrame(look)
      }
    }
    requestAnimationFrame(look)
  }, [])

  /** Shows an engagement wherever it is: what hides it is put aside. */
  const reveal = useCallback(
    (engagement: Engagement) => {
      const { by, span: days } = chosenOf(location.search)
      set({ ...everything, by, span: days, day: localOf(engagement.start, names.zone).slice(0, 10) })
      focusOn(engagement.id)
    },
    [focusOn, names.zone, set],
  )

  // The address names the engagement that is open: whoever comes by it sees the engagement in its place too.
  const shownFor = useRef<string | null>(null)
  useEffect(() => {
    if (!openId) shownFor.current = null
    if (!open || shownFor.current === open.id) return
    shownFor.current = open.id
    reveal(open)
  }, [open, openId, reveal])

  /** Whoever opens it here sees it already. */
  const openEngagement = useCallback(
    (id: string) => {
      shownFor.current = id
      openOver('show', id, `/board/${network}/${week}`)
    },
    [network, week],
  )
  const ask = (what: Exclude<Asking, 'cancel'>, id: string) => openOver(what, id, `/board/${network}/${week}`)

  const drop = async (move: Move) => {
    const wish = wishOf(move, rows, byRooms)
    if (!wish) return
    const row = rows.find((r) => r.key === move.row)
    if (wish.type === 'assign' && move.verdict !== 'refused')
      return (setDropped({ engagement: move.engagement, on: row?.id ?? null }), ask('reassign', move.engagement.id))
    const when = `${shortDate(move.start, zone, locale)} ${clock(move.start, zone, locale)}`
    const done = () => setSaid(t('board.moved', { title: move.engagement.title, when }))
    if (move.findings.length > 0)
      return setQuestion({
        title: move.engagement.title,
        engagement: move.engagement,
        wish: (engagement) => wishOf({ ...move, engagement }, rows, byRooms),
        findings: move.findings,
        done,
      })
    if (await command.run(wish, ownWeek(move.engagement))) {
      done()
      focusOn(move.engagement.id)
    } else openEngagement(move.engagement.id)
  }
  const moving = useMove({ network, weekOf: ownWeek, live: engagementOf, axis, rows, byRooms }, (move) => void drop(move))
  const { grab } = moving
  const { clear } = command
  const actions = useMemo(
    () => ({
      open: (engagement: Engagement) => (clear(), openEngagement(engagement.id)),
      focus: setCurrent,
      grab: readOnly ? () => undefined : grab,
    }),
    [clear, grab, openEngagement, readOnly],
  )

  const planWith = (first: Blank) => (setBlank(first), openOver('dialog', 'plan', `/board/${network}/${week}`))
  const create = useCallbackRef((row: Row, start: number) =>
    planWith({
      hospital: row.hospital ?? view.hospital,
      room: row.kind === 'room' ? row.id : null,
      consultant: row.kind === 'consultant' && row.id ? row.id : null,
      start,
    }),
  )
  const emptyPlan = (at: number): Blank => ({
    hospital: view.hospital,
    room: null,
    consultant: null,
    start: Math.ceil(Math.max(at, instantOf(date, zone) + 8 * hour) / hour) * hour,
  })
  const plan = () => planWith(emptyPlan(Date.now()))

  // The address of today goes with the time.
  const toDay = (next: string) =>
    go(
      next === today
        ? `/board/${network}${searchWith(location.search, { day: 'today' })}`
        : `/board/${network}/${weekOf(next)}${searchWith(location.search, { day: next })}`,
    )
  const step = (by: -1 | 1) => toDay(addDays(view.span === 'day' ? date : mondayOf(week), view.span === 'day' ? by : by * 7))
  const focused = () => engagementOf(current)
  const begin = (engagement: Engagement | undefined) => {
    const row = rows.find((r) => engagement && r.lanes.has(engagement.id))
    if (engagement && row && !readOnly) moving.begin(engagement, row.key, 'keys')
  }
  useKeys(
    wall
      ? []
      : [
          { key: '← ↑ → ↓', label: t('board.keyWalk') },
          { key: 'Enter', label: t('board.keyOpen') },
          ...(readOnly
            ? []
            : [
                { key: 'n', label: t('board.keyNew'), run: plan },
                { key: 'm', label: t('board.keyMove'), run: () => begin(focused()) },
                {
                  key: 'r',
                  label: t('board.keyReassign'),
                  run: () => {
                    const engagement = focused()
                    if (engagement && isOpen(engagement)) ask('reassign', engagement.id)
                  },
                },
              ]),
          { key: 't', label: t('board.keyToday'), run: () => toDay(today) },
          { key: 'd', label: t('board.keyDay'), run: () => set({ span: 'day' }) },
          { key: 'w', label: t('board.keyWeek'), run: () => set({ span: 'week' }) },
          { key: '[', label: t('board.keyPrevious'), run: () => step(-1) },
          { key: ']', label: t('board.keyNext'), run: () => step(1) },
          { key: 'a', label: t('board.keyFeed'), run: () => setFeedShown((now) => !now) },
        ],
  )
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if (moving.press(event.key)) return event.preventDefault()
    if (!event.key.startsWith('Arrow') || event.ctrlKey || event.altKey || event.metaKey) return
    const next = neighbour(rows, current, event.key)
    if (!next) return
    event.preventDefault()
    focusOn(next.id)
  }

  usePalette(
    useCallback(
      (): Findable[] => [
        ...names.consultants.map((c) => ({
          id: c.id,
          label: names.personName(c.id),
          description: names.specialtyName(c.specialties[0] ?? ''),
          keywords: [c.name.en, c.name.ko ?? '', c.name.ar ?? ''],
          group: t('board.groupConsultants'),
          onClick: () => set({ ...everything, by: 'consultants', text: names.personName(c.id) }),
        })),
        ...names.hospitals.map((h) => ({
          id: h.id,
          label: names.hospitalName(h.id),
          description: h.city,
          keywords: [h.name.en, h.name.ar ?? '', h.name.ko ?? ''],
          group: t('board.groupHospitals'),
          onClick: () => set({ ...everything, hospital: h.id }),
        })),
        ...names.hospitals.flatMap((h) =>
          h.rooms.map((r) => ({
            id: `${h.id}/${r.id}`,
            label: names.roomName(h.id, r.id),
            description: names.hospitalName(h.id),
            group: t('board.groupRooms'),
            onClick: () => set({ ...everything, hospital: h.id, text: names.roomName(h.id, r.id) }),
          })),
        ),
        ...all.map((engagement) => ({
          id: engagement.id,
          label: engagement.title,
          description: `${shortDate(engagement.start, zone, locale)} ${clock(engagement.start, zone, locale)} · ${names.hospitalName(engagement.hospital)}`,
          keywords: [engagement.id, ...engagement.consultants.map(names.personName)],
          group: t('board.groupEngagements'),
          onClick: () => void setTimeout(() => reveal(engagement), paletteCloses),
        })),
      ],
      [names, all, zone, locale, t, reveal, set],
    ),
  )

  // The same functions for ever, so that a change of the week does not draw the controls again.
  const [stepAlways, todayAlways, planNew] = [useCallbackRef(step), useCallbackRef(() => toDay(today)), useCallbackRef(plan)]
  const stable = { set, step: stepAlways, today: todayAlways }
  const toggleFeed = useCallback(() => setFeedShown((now) => !now), [setFeedShown])
  const showEngagement = useCallbackRef((id: string) => {
    const engagement = engagementOf(id)
    if (engagement) reveal(engagement)
  })
  const closeFeed = useCallback(() => setFeedShown(false), [setFeedShown])
  const period = <Period view={view} week={week} names={names} narrow={narrow} {...stable} />
  return (
    <ConflictContext.Provider value={inTheWay}>
      <div className={classes.page}>
        <VisuallyHidden component="h1">{t('board.title', { network: reader.nameOf(names.network?.name) })}</VisuallyHidden>
        <VisuallyHidden role="status">{said}</VisuallyHidden>
        <div>
          {narrow ? (
            <div className={classes.period}>{period}</div>
          ) : (
            <PageControls>
              {wall ? (
                <Text fw={600} data-wall-day>
                  {longDate(`${date}T12:00:00Z`, 'UTC', locale)}
                </Text>
              ) : (
                period
              )}
            </PageControls>
          )}
          {!wall && (
            <Filters
              view={view}
              week={week}
              names={names}
              narrow={narrow}
              {...stable}
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
            ) : picture.position === null ? (
              <Center flex={1}>
                <Loader aria-label={t('board.loading')} />
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
        {open && (
          <Details
            network={network}
            week={ownWeek(open)}
            engagement={open}
            names={names}
            readOnly={readOnly}
            command={command}
            close={() => (close('show'), command.clear())}
            ask={(what) =>
              what === 'cancel'
                ? setQuestion({
                    title: t('board.cancelTitle', { title: open.title }),
                    engagement: open,
                    wish: (engagement) => ({ type: 'cancel', engagement: engagement.id, expectedVersion: engagement.version }),
                    findings: [],
                  })
                : ask(what, open.id)
            }
          />
        )}
        {reassigned && (
          <ReassignDialog
            network={network}
            week={ownWeek(reassigned)}
            engagement={reassigned}
            first={droppedHere?.engagement}
            chosen={droppedHere?.on ?? null}
            names={names}
            close={() => (setDropped(undefined), close('reassign'))}
          />
        )}
        {retimed && (
          <Suspense>
            <ChangeTimeDialog
              network={network}
              week={ownWeek(retimed)}
              engagement={retimed}
              names={names}
              close={() => close('changeTime')}
            />
          </Suspense>
        )}
        {question && (
          <DropDialog
            network={network}
            week={ownWeek(question.engagement)}
            question={question}
            live={engagementOf(question.engagement.id) ?? question.engagement}
            names={names}
            command={command}
            close={() => (setQuestion(null), command.clear())}
          />
        )}
        {planning && (
          <Suspense>
            <PlanDialog
              network={network}
              blank={blank ?? emptyPlan(now)}
              names={names}
              close={() => (setBlank(undefined), close('dialog'))}
              done={focusOn}
            />
          </Suspense>
        )}
        {missing && (
          <Elsewhere
            network={network}
            name={missing[0]}
            id={missing[1]!}
            items={picture.items}
            names={names}
            close={() => close(missing[0])}
          />
        )}
      </div>
    </ConflictContext.Provider>
  )
}
