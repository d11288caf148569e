import { Center, Loader, Text, VisuallyHidden } from '@mantine/core'
import { useElementSize, useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { type KeyboardEvent, lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useLocation, useParams, useSearch } from 'wouter'
import { useReader } from '../i18n'
import type { Watched } from '../live/LiveConnection'
import { useTopic } from '../live/useTopic'
import { useNetwork } from '../networks/useNetwork'
import { useSession } from '../session/useSession'
import { PageControls } from '../shell/controls'
import { useKeys } from '../shell/keys'
import { type Findable, usePalette } from '../shell/palette'
import { addDays, clock, hour, instantOf, localOf, mondayOf, shortDate, span, weekOf } from '../time/format'
import { ActivityFeed } from './ActivityFeed'
import { Agenda } from './Agenda'
import { axisOf, hoursOf } from './axis'
import classes from './Board.module.css'
import { Filters, Period } from './BoardControls'
import { ConflictContext } from './conflict'
import { type Asking, Details } from './Details'
import { DropDialog, type Question } from './DropDialog'
import { type Row, rowsOf } from './layout'
import { MoveBar } from './MoveBar'
import type { Blank } from './PlanDialog'
import { ReassignDialog } from './ReassignDialog'
import { type Duty, isOpen } from './roster'
import { nameWidth, neighbour, Timeline } from './Timeline'
import { useCommand } from './useCommand'
import { type Move, useMove, wishOf } from './useMove'
import { type BoardView, matches, narrows } from './view'

/** The network's week, live: see it, move an engagement, give it to somebody else. */
export default function BoardPage() {
  const session = useSession()
  const params = useParams<{ network?: string; week?: string }>()
  const network = params.network ?? session.network
  const names = useNetwork(network)
  const { t, word } = useReader()
  const week = params.week ?? names.currentWeek
  // Asked for at once: the week comes while the names are read.
  const watched = useTopic(week ? `board/${network}/${week}` : null)
  if (names.problem) return <Center h="60%" role="alert">{names.problem.status === 403 ? t('shell.denied') : names.problem.status === 0 ? t('shell.unreachable') : word('findings', names.problem.code)}</Center>
  if (!week || !names.ready) return <Center h="60%"><Loader aria-label={t('board.loading')} /></Center>
  return <Board network={network} week={week} names={names} watched={watched} />
}

/** The palette gives the focus back when it has gone (ms); what it led to takes it after that. */
const paletteCloses = 250

// Whoever only looks at a board needs neither.
const ChangeTimeDialog = lazy(() => import('./ChangeTimeDialog').then((module) => ({ default: module.ChangeTimeDialog })))
const PlanDialog = lazy(() => import('./PlanDialog').then((module) => ({ default: module.PlanDialog })))

const everything: Omit<BoardView, 'narrows' | 'date'> = { by: 'rooms', span: 'day', hospital: null, specialty: null, kind: null, status: null, only: 'all', text: '' }

function Board({ network, week, names, watched: { picture, refused } }: { network: string; week: string; names: ReturnType<typeof useNetwork>; watched: Watched }) {
  const reader = useReader()
  const { t, locale } = reader
  const session = useSession()
  const readOnly = session.role !== 'coordinator'
  const [, go] = useLocation()
  const narrow = useMediaQuery('(max-width: 40em)', window.innerWidth < 640) ?? false
  const [chosen, setChosen] = useState(everything)
  const today = localOf(Date.now(), names.zone).slice(0, 10)
  const [wantedDate, setDate] = useState(today)
  const [feedShown, setFeedShown] = useLocalStorage({ key: 'hub.feed', defaultValue: true })
  // The day shown lies in the week shown.
  const date = weekOf(wantedDate) === week ? wantedDate : mondayOf(week)
  const view = useMemo<BoardView>(() => {
    const whole = { ...chosen, date, ...(narrow ? { span: 'day' as const, by: 'rooms' as const, kind: null, status: null } : {}) }
    return { ...whole, narrows: narrows(whole) }
  }, [chosen, date, narrow])

  const all = useMemo(() => [...picture.items.values()].filter((item): item is Duty => item.type === 'engagement'), [picture])
  const zone = (view.hospital ? names.hospital(view.hospital)?.timeZone : undefined) ?? names.zone
  const shown = useMemo(() => all.filter((duty) => matches(duty, view, zone, names)), [all, view, zone, names])
  const last = useRef<ReadonlyMap<string, Row>>(new Map())
  const rows = useMemo(() => {
    const next = rowsOf(shown, view, names, last.current)
    last.current = new Map(next.map((row) => [row.key, row]))
    return next
  }, [shown, view, names])

  const { ref: sized, width } = useElementSize()
  const { from, to } = useMemo(() => hoursOf(shown, zone), [shown, zone])
  const axis = useMemo(
    () => (view.span === 'day' ? axisOf(date, 1, zone, { from, to }, width - nameWidth - 20, 60) : axisOf(mondayOf(week), 7, zone, { from, to }, width - nameWidth - 20, 14)),
    [view.span, date, week, zone, from, to, width],
  )

  const byRooms = view.by === 'rooms'
  const scroller = useRef<HTMLDivElement>(null)
  const seek = useRef<(id: string) => void>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const [openId, setOpenId] = useState<string | null>(null)
  const [asking, setAsking] = useState<{ what: Asking; id: string; chosen: string | null } | null>(null)
  const [question, setQuestion] = useState<Question | null>(null)
  const [blank, setBlank] = useState<Blank | null>(null)
  const [said, setSaid] = useState('')
  const command = useCommand(network, week)
  const dutyOf = (id: string | null | undefined) => (id ? (picture.items.get(`engagement/${id}`) as Duty | undefined) : undefined)
  const inTheWay = (id: string) => {
    const duty = dutyOf(id)
    return duty && `${duty.title}, ${span(duty.start, duty.end, zone, locale)}`
  }
  const open = dutyOf(openId)
  const asked = dutyOf(asking?.id)

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

  /** Shows a duty wherever it is: what hides it is put aside. */
  const reveal = useCallback((duty: Duty) => {
    setChosen((now) => ({ ...everything, by: now.by, span: now.span }))
    setDate(localOf(duty.start, names.zone).slice(0, 10))
    focusOn(duty.id)
  }, [focusOn, names.zone])

  // An alert leads here with the duty that it is about.
  const wanted = new URLSearchParams(useSearch()).get('show')
  const shownFor = useRef<string | null>(null)
  const wantedDuty = dutyOf(wanted)
  useEffect(() => {
    if (!wantedDuty || shownFor.current === wanted) return
    shownFor.current = wanted
    reveal(wantedDuty)
    setOpenId(wantedDuty.id)
  }, [wantedDuty, wanted, reveal])

  const drop = async (move: Move) => {
    const wish = wishOf(move, rows, byRooms)
    if (!wish) return
    const row = rows.find((r) => r.key === move.row)
    if (wish.type === 'assign' && move.verdict !== 'refused') return setAsking({ what: 'reassign', id: move.duty.id, chosen: row?.id ?? null })
    const when = `${shortDate(move.start, zone, locale)} ${clock(move.start, zone, locale)}`
    const done = () => setSaid(t('board.moved', { title: move.duty.title, when }))
    if (move.findings.length > 0) return setQuestion({ title: move.duty.title, wish, findings: move.findings, done })
    if (await command.run(wish)) {
      done()
      focusOn(move.duty.id)
    } else setOpenId(move.duty.id)
  }
  const moving = useMove({ network, week, axis, rows, byRooms }, (move) => void drop(move))
  const { grab } = moving
  const actions = useMemo(() => ({ open: (duty: Duty) => (command.clear(), setOpenId(duty.id)), focus: setCurrent, grab: readOnly ? () => undefined : grab }), [command.clear, grab, readOnly])

  const create = useCallback((row: Row, start: number) => setBlank({ hospital: row.hospital ?? view.hospital, room: row.kind === 'room' ? row.id : null, consultant: row.kind === 'consultant' && row.id ? row.id : null, start }), [view.hospital])
  const plan = () => setBlank({ hospital: view.hospital, room: null, consultant: null, start: Math.ceil(Math.max(Date.now(), instantOf(date, zone) + 8 * hour) / hour) * hour })

  const toDay = (next: string) => {
    setDate(next)
    if (weekOf(next) !== week) go(`/board/${network}/${weekOf(next)}`)
  }
  const step = (by: -1 | 1) => toDay(addDays(view.span === 'day' ? date : mondayOf(week), view.span === 'day' ? by : by * 7))
  const set = useCallback((change: Partial<BoardView>) => setChosen((now) => ({ ...now, ...change })), [])
  const focused = () => dutyOf(current)
  const begin = (duty: Duty | undefined) => {
    const row = rows.find((r) => duty && r.lanes.has(duty.id))
    if (duty && row && !readOnly) moving.begin(duty, row.key, 'keys')
  }
  useKeys([
    { key: '← ↑ → ↓', label: t('board.keyWalk') },
    { key: 'Enter', label: t('board.keyOpen') },
    ...(readOnly ? [] : [
      { key: 'n', label: t('board.keyNew'), run: plan },
      { key: 'm', label: t('board.keyMove'), run: () => begin(focused()) },
      { key: 'r', label: t('board.keyReassign'), run: () => { const duty = focused(); if (duty && isOpen(duty)) setAsking({ what: 'reassign', id: duty.id, chosen: null }) } },
    ]),
    { key: 't', label: t('board.keyToday'), run: () => toDay(today) },
    { key: 'd', label: t('board.keyDay'), run: () => set({ span: 'day' }) },
    { key: 'w', label: t('board.keyWeek'), run: () => set({ span: 'week' }) },
    { key: '[', label: t('board.keyPrevious'), run: () => step(-1) },
    { key: ']', label: t('board.keyNext'), run: () => step(1) },
    { key: 'a', label: t('board.keyFeed'), run: () => setFeedShown((now) => !now) },
  ])
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if (moving.press(event.key)) return event.preventDefault()
    if (!event.key.startsWith('Arrow') || event.ctrlKey || event.altKey || event.metaKey) return
    const next = neighbour(rows, current, event.key)
    if (!next) return
    event.preventDefault()
    focusOn(next.id)
  }
  // Tab leads to one duty; the arrow keys lead on from there.
  useEffect(() => {
    if (!current || !rows.some((row) => row.lanes.has(current))) setCurrent(rows.find((row) => row.duties.length > 0)?.duties[0]?.id ?? null)
  }, [rows, current])

  usePalette(useCallback((): Findable[] => [
    ...names.consultants.map((c) => ({ id: c.id, label: names.personName(c.id), description: names.specialtyName(c.specialties[0] ?? ''), keywords: [c.name.en, c.name.ko ?? '', c.name.ar ?? ''], group: t('board.groupConsultants'), onClick: () => set({ ...everything, by: 'consultants', text: names.personName(c.id) }) })),
    ...names.hospitals.map((h) => ({ id: h.id, label: names.hospitalName(h.id), description: h.city, keywords: [h.name.en, h.name.ar ?? '', h.name.ko ?? ''], group: t('board.groupHospitals'), onClick: () => set({ ...everything, hospital: h.id }) })),
    ...names.hospitals.flatMap((h) => h.rooms.map((r) => ({ id: `${h.id}/${r.id}`, label: names.roomName(h.id, r.id), description: names.hospitalName(h.id), group: t('board.groupRooms'), onClick: () => set({ ...everything, hospital: h.id, text: names.roomName(h.id, r.id) }) }))),
    ...all.map((duty) => ({ id: duty.id, label: duty.title, description: `${shortDate(duty.start, zone, locale)} ${clock(duty.start, zone, locale)} · ${names.hospitalName(duty.hospital)}`, keywords: [duty.id, ...duty.consultants.map(names.personName)], group: t('board.groupEngagements'), onClick: () => void setTimeout(() => reveal(duty), paletteCloses) })),
  ], [names, all, zone, locale, t, reveal]))

  // The same functions for ever, so that a change of the week does not draw the controls again.
  const latest = useRef({ step, toDay, plan })
  latest.current = { step, toDay, plan }
  const stable = useMemo(() => ({ set, step: (by: -1 | 1) => latest.current.step(by), today: () => latest.current.toDay(today) }), [set, today])
  const planNew = useCallback(() => latest.current.plan(), [])
  const toggleFeed = useCallback(() => setFeedShown((now) => !now), [setFeedShown])
  const show = useRef((_: string) => undefined as void)
  show.current = (id) => { const duty = dutyOf(id); if (duty) reveal(duty) }
  const showDuty = useCallback((id: string) => show.current(id), [])
  const closeFeed = useCallback(() => setFeedShown(false), [setFeedShown])
  const period = <Period view={view} week={week} names={names} narrow={narrow} {...stable} />
  return (
    <ConflictContext.Provider value={inTheWay}>
    <div className={classes.page}>
      <VisuallyHidden component="h1">{t('board.title', { network: reader.nameOf(names.network?.name) })}</VisuallyHidden>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <div>
        {narrow ? <div className={classes.period}>{period}</div> : <PageControls>{period}</PageControls>}
        <Filters view={view} week={week} names={names} narrow={narrow} {...stable} count={shown.length} create={readOnly ? undefined : planNew} feedShown={feedShown} toggleFeed={toggleFeed} />
      </div>
      <div className={classes.body}>
        <div ref={sized} className={classes.sized}>
          {refused ? <Center flex={1} role="alert">{t('board.refused', { why: refused })}</Center>
            : picture.position === null ? <Center flex={1}><Loader aria-label={t('board.loading')} /></Center>
            : shown.length === 0 && view.narrows ? <Center flex={1}><Text role="status">{t('board.nothing')}</Text></Center>
            : narrow ? <div className={classes.scroller}>{shown.length === 0 ? <Center h="50%"><Text>{t('board.emptyWeek')}</Text></Center> : <Agenda duties={shown} names={names} zone={zone} open={actions.open} />}</div>
            : <Timeline rows={rows} axis={axis} names={names} byRooms={byRooms} current={current} move={moving.move} scroller={scroller} seek={seek} actions={actions} onEmpty={readOnly ? undefined : create} onKey={onKey} />}
        </div>
        {feedShown && !narrow && <ActivityFeed items={picture.items} names={names} show={showDuty} close={closeFeed} />}
      </div>
      {moving.move ? <MoveBar move={moving.move} rows={rows} zone={zone} /> : <div />}
      {open && <Details network={network} week={week} duty={open} names={names} readOnly={readOnly} command={command} close={() => (setOpenId(null), command.clear())}
        ask={(what) => what === 'cancel' ? setQuestion({ title: t('board.cancelTitle', { title: open.title }), wish: { type: 'cancel', engagement: open.id, expectedVersion: open.version }, findings: [] }) : setAsking({ what, id: open.id, chosen: null })} />}
      {asked && asking?.what === 'reassign' && <ReassignDialog network={network} week={week} duty={asked} chosen={asking.chosen} names={names} close={() => setAsking(null)} />}
      {asked && asking?.what === 'changeTime' && <Suspense><ChangeTimeDialog network={network} week={week} duty={asked} names={names} close={() => setAsking(null)} /></Suspense>}
      {question && <DropDialog question={question} command={command} close={() => (setQuestion(null), command.clear())} />}
      {blank && <Suspense><PlanDialog network={network} blank={blank} names={names} close={() => setBlank(null)} done={focusOn} /></Suspense>}
    </div>
    </ConflictContext.Provider>
  )
}
