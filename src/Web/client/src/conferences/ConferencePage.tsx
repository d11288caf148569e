import {
  Alert,
  Anchor,
  Center,
  CloseButton,
  Container,
  Group,
  Loader,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  Tabs,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { useCallbackRef } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react'
import { Link, useParams } from 'wouter'
import { Notice } from '../commands/Notice'
import { ConflictContext } from '../commands/useFindingText'
import { useReader } from '../i18n'
import { useTopic } from '../live/useTopic'
import { close, open as openOver, useOpened } from '../shell/opened'
import { useTitle } from '../shell/title'
import { localOf, relative, shortDate, zoneCity } from '../time/format'
import { useNow } from '../time/useNow'
import { useCoordinates, useViewer } from '../viewer/useViewer'
import { Registration } from './audience/Registration'
import { placesOf } from './audience/usePlaces'
import classes from './Conference.module.css'
import { Portions } from './Portions'
import { choose, dayOf, nowAndNext, programmeOf, recentMoves, type Session, titlesOf } from './programme'
import { SessionCard } from './SessionCard'
import { SpeakerNames, useSpeakerName } from './speakers'
import { TakeAlong } from './TakeAlong'
import { useFavourites } from './useFavourites'

const SessionDetails = lazy(() => import('./SessionDetails'))

/** The name of a day's tab. Sessions without a time have no day, and they have a tab of their own. */
const tabOf = (day: string) => day || 'untimed'

type Order = 'time' | 'room' | 'track'

/** A conference's programme, live: by day, then by time, room or track. */
export default function ConferencePage() {
  const { t } = useReader()
  const { id } = useParams<{ id: string }>()
  const { picture, refused } = useTopic(`conference/${id}`)
  const programme = useMemo(() => programmeOf(picture.items), [picture])
  if (refused)
    return (
      <Center h="60%" role="alert">
        {refused === 'topic.denied' ? t('shell.denied') : t('conference.unknown')}
      </Center>
    )
  if (picture.position === null)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  if (!programme.head)
    return (
      <Center h="60%" role="alert">
        {t('conference.unknown')}
      </Center>
    )
  return (
    <SpeakerNames network={programme.head.network}>
      <Programme id={id} {...programme} head={programme.head} places={placesOf(picture.items)} />
    </SpeakerNames>
  )
}

function Programme({
  id,
  head,
  sessions,
  days,
  places,
}: ReturnType<typeof programmeOf> & {
  id: string
  head: NonNullable<ReturnType<typeof programmeOf>['head']>
  places: ReturnType<typeof placesOf>
}) {
  const { t, locale, nameOf } = useReader()
  const { role } = useViewer()
  const coordinates = useCoordinates()
  const now = useNow(15_000)
  const zone = head.timeZone
  const today = localOf(now, zone).slice(0, 10)
  const [wanted, setDay] = useState<string | null>(null)
  const day = wanted ?? (days.includes(today) ? today : (days[0] ?? ''))
  const [order, setOrder] = useState<Order>('time')
  const [track, setTrack] = useState<string | null>(null)
  const [room, setRoom] = useState<string | null>(null)
  const [text, setText] = useState('')
  const [only, setOnly] = useState(false)
  const openId = useOpened('session')
  const { marked, toggle } = useFavourites(id)
  const open = sessions.find((s) => s.id === openId)
  useTitle(nameOf(titlesOf(open ?? head)))
  const rooms = useMemo(() => [...new Set(sessions.map((s) => s.room))].filter(Boolean).sort(), [sessions])
  const tracks = useMemo(() => [...new Set(sessions.map((s) => s.track ?? ''))].filter(Boolean).sort(), [sessions])
  const speakerName = useSpeakerName()
  const shown = choose(sessions, { day, track, room, text, favourites: only }, zone, marked, speakerName)
  const { live, next } = nowAndNext(sessions, now)
  const moves = recentMoves(sessions, now)
  const show = useCallback((session: Session) => openOver('session', session.id), [])
  const mark = useCallbackRef((session: string) => void toggle(session))
  const card = (session: Session, more?: { withDay?: boolean }) => (
    <SessionCard
      session={session}
      zone={zone}
      marked={marked.has(session.id)}
      live={live.includes(session)}
      open={show}
      toggle={mark}
      {...more}
    />
  )
  const list = (of: readonly Session[], more?: { withDay?: boolean }) => (
    <ul className={classes.list}>
      {of.map((s) => (
        <li key={s.id}>{card(s, more)}</li>
      ))}
    </ul>
  )
  return (
    <Container size={order === 'time' ? 'md' : 'xl'} py="md">
      <Title order={1} size="h2">
        <bdi>{nameOf(titlesOf(head))}</bdi>
      </Title>
      {head.subtitle && (
        <Text>
          <bdi>{head.subtitle}</bdi>
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t('conference.zone', { zone: zoneCity(zone, locale) })} · {t('conference.count', { count: sessions.length })}
      </Text>
      {head.withdrawn && (
        <Notice kind="warning" role="status">
          {t('edits.withdrawn')}
        </Notice>
      )}
      <Registration key={`${head.selfRegistration}`} conference={id} />
      <TakeAlong head={head} sessions={sessions} />
      {openId && !open && (
        <Alert role="status" my="sm" color="gray" withCloseButton closeButtonLabel={t('shell.close')} onClose={() => close('session')}>
          {t('conference.sessionGone')}
        </Alert>
      )}
      {role !== 'display' && (
        <Group gap="md" mt={4}>
          <Anchor component={Link} href={`/conferences/${id}/attendance`} size="sm" underline="always">
            {t('attendance.mine')}
          </Anchor>
          {coordinates && (
            <Anchor component={Link} href={`/conferences/${id}/attendance/all`} size="sm" underline="always">
              {t('attendance.all')}
            </Anchor>
          )}
        </Group>
      )}

      {moves.length > 0 && (
        <Part title={t('conference.moved')}>
          <ul className={classes.list} aria-live="polite">
            {moves.slice(0, 5).map((s) => (
              <li key={s.id}>
                {card(s, { withDay: true })}
                <Text size="xs" c="dimmed" ps="sm">
                  {relative(s.moved!.at, now, locale, zone)}
                </Text>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {live.length > 0 && <Part title={t('conference.now')}>{list(live)}</Part>}
      {next.length > 0 && <Part title={t('conference.next')}>{list(next, { withDay: dayOf(next[0]!, zone) !== today })}</Part>}

      <Part title={t('conference.programme')}>
        <Tabs
          value={tabOf(day)}
          onChange={(tab) => setDay(tab === tabOf('') ? '' : tab)}
          keepMounted={false}
          classNames={{ tab: classes.day }}
        >
          <Tabs.List aria-label={t('conference.days')}>
            {days.map((d) => (
              <Tabs.Tab key={d} value={tabOf(d)}>
                {d ? shortDate(`${d}T12:00:00Z`, 'UTC', locale) : t('conference.noTime')}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {days.map((d) => (
            <Tabs.Panel key={d} value={tabOf(d)}>
              <div className={classes.top}>
                <SegmentedControl
                  className={classes.whole}
                  size="xs"
                  aria-label={t('conference.order')}
                  data={[
                    { value: 'time', label: t('conference.byTime') },
                    { value: 'room', label: t('conference.byRoom') },
                    { value: 'track', label: t('conference.byTrack') },
                  ]}
                  value={order}
                  onChange={(v) => setOrder(v as Order)}
                />
                <Select
                  className={classes.filter}
                  size="xs"
                  aria-label={t('conference.room')}
                  placeholder={t('conference.allRooms')}
                  data={rooms}
                  value={room}
                  onChange={setRoom}
                  searchable
                  clearable
                  clearButtonProps={{ 'aria-label': t('board.clear') }}
                />
                {tracks.length > 0 && (
                  <Select
                    className={classes.filter}
                    size="xs"
                    aria-label={t('conference.track')}
                    placeholder={t('conference.allTracks')}
                    data={tracks}
                    value={track}
                    onChange={setTrack}
                    searchable
                    clearable
                    clearButtonProps={{ 'aria-label': t('board.clear') }}
                  />
                )}
                <TextInput
                  className={`${classes.search} ${classes.whole}`}
                  size="xs"
                  type="search"
                  aria-label={t('conference.search')}
                  placeholder={t('conference.search')}
                  leftSection={<IconSearch size={14} />}
                  value={text}
                  onChange={(e) => setText(e.currentTarget.value)}
                  rightSection={text && <CloseButton size="xs" aria-label={t('board.clear')} onClick={() => setText('')} />}
                />
                <Switch size="sm" label={t('conference.favourites')} checked={only} onChange={(e) => setOnly(e.currentTarget.checked)} />
              </div>
              {shown.length === 0 && <Text role="status">{t('conference.nothing')}</Text>}
              {order === 'time' ? (
                <Portions key={`${d} ${room} ${track} ${only} ${text}`} of={shown}>
                  {(part) => list(part, { withDay: !!text })}
                </Portions>
              ) : (
                <div className={classes.columns} tabIndex={0} role="group" aria-label={t('conference.order')}>
                  {[...new Set(shown.map((s) => (order === 'room' ? s.room : (s.track ?? ''))))].sort().map((name) => (
                    <section key={name} aria-label={name || t('conference.none')}>
                      <Title order={3} size="h6" mb={6}>
                        <bdi>{name || t('conference.none')}</bdi>
                      </Title>
                      <Portions key={`${d} ${text}`} of={shown.filter((s) => (order === 'room' ? s.room : (s.track ?? '')) === name)}>
                        {(part) => list(part, { withDay: !!text })}
                      </Portions>
                    </section>
                  ))}
                </div>
              )}
            </Tabs.Panel>
          ))}
        </Tabs>
      </Part>
      <ConflictContext.Provider value={(engagement) => sessions.find((s) => s.engagement === engagement)?.title}>
        <Suspense>
          {open && <SessionDetails session={open} head={head} places={places.get(open.id)} close={() => close('session')} />}
        </Suspense>
      </ConflictContext.Provider>
    </Container>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack component="section" gap="xs" mt="lg" aria-label={title}>
      <Title order={2} size="h5">
        {title}
      </Title>
      {children}
    </Stack>
  )
}
