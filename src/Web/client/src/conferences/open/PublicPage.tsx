import {
  Alert,
  Anchor,
  Badge,
  Button,
  Center,
  Container,
  Drawer,
  Group,
  Loader,
  Menu,
  Select,
  Stack,
  Tabs,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { IconCalendarShare, IconDownload, IconFileTypeXml, IconJson, IconUserPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { Link, useParams } from 'wouter'
import type { PublicProgramme, PublicSession } from '../../api/schema'
import { useResource } from '../../api/useResource'
import { useReader } from '../../i18n'
import { LanguageMenu, ThemeMenu } from '../../preferences/Preferences'
import { close, open, useOpened } from '../../shell/opened'
import { useTitle } from '../../shell/title'
import { clock, localOf, longDate, shortDate, span, zoneCity } from '../../time/format'
import { useToday } from '../../time/useNow'
import classes from '../Conference.module.css'
import { Portions } from '../Portions'
import { lengthOf, titlesOf } from '../programme'
import { SessionLinks } from '../SessionLinks'

/** Sessions without a time have their own tab. */
const untimed = 'untimed'
const tabOf = (session: PublicSession, zone: string) => session.day ?? (session.start ? localOf(session.start, zone).slice(0, 10) : untimed)

/**
 * A programme that everybody may read without signing in. It shows one day at a time. A session opens with its abstract and has its own
 * address.
 */
export default function PublicPage() {
  const { id } = useParams<{ id: string }>()
  const { t } = useReader()
  const { data, error } = useResource<PublicProgramme>(`/api/public/conferences/${id}`)
  if (error)
    return (
      <Center h="100dvh" p="lg" role="alert">
        {error.status === 0 ? t('shell.unreachable') : t('open.notOpen')}
      </Center>
    )
  if (!data)
    return (
      <Center h="100dvh">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  return <Programme programme={data} />
}

function Programme({ programme }: { programme: PublicProgramme }) {
  const { id, subtitle, timeZone: zone, release, sessions, registration } = programme
  const { t, locale, nameOf } = useReader()
  const openId = useOpened('session')
  const opened = sessions.find((s) => s.id === openId)
  const title = nameOf(titlesOf(programme))
  useTitle(opened ? nameOf(titlesOf(opened)) : title)
  const [text, setText] = useState('')
  const [room, setRoom] = useState<string | null>(null)
  const [wanted, setDay] = useState<string | null>(null)
  const days = useMemo(() => [...new Set(sessions.map((s) => tabOf(s, zone)))].sort(), [sessions, zone])
  const rooms = useMemo(() => [...new Set(sessions.map((s) => s.room))].filter(Boolean).sort(), [sessions])
  const today = useToday(zone)
  const day = wanted ?? (opened ? tabOf(opened, zone) : days.includes(today) ? today : (days[0] ?? untimed))
  const sought = text.trim().toLocaleLowerCase()
  // A text is searched for in the whole programme, not on one day.
  const shown = sessions.filter(
    (s) =>
      (sought || tabOf(s, zone) === day) &&
      (!room || s.room === room) &&
      (!sought ||
        [
          s.title,
          s.titleAr ?? '',
          s.titleKo ?? '',
          s.subtitle ?? '',
          s.room,
          s.track ?? '',
          ...s.speakers,
          ...s.speakerNames.map(nameOf),
        ].some((part) => part.toLocaleLowerCase().includes(sought))),
  )
  const files = `/api/public/conferences/${id}`
  return (
    <Container size="md" py="md" component="main">
      <Group justify="flex-end" gap={4}>
        <LanguageMenu />
        <ThemeMenu />
      </Group>
      <Title order={1} size="h2">
        <bdi>{title}</bdi>
      </Title>
      {subtitle && (
        <Text>
          <bdi>{subtitle}</bdi>
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {[
          t('conference.zone', { zone: zoneCity(zone, locale) }),
          t('conference.count', { count: sessions.length }),
          release > 0 && t('releases.number', { number: release }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Group gap="xs" my="xs">
        {registration === 'open' && (
          <Button size="xs" component={Link} href={`/public/${id}/register`} leftSection={<IconUserPlus size={16} aria-hidden />}>
            {t('registration.register')}
          </Button>
        )}
        <Menu position="bottom-start">
          <Menu.Target>
            <Button size="xs" variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
              {t('feed.take')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item component="a" href={`${files}/calendar.ics`} download leftSection={<IconCalendarShare size={18} aria-hidden />}>
              {t('open.calendar')}
            </Menu.Item>
            <Menu.Item component="a" href={`${files}/schedule.xml`} download leftSection={<IconFileTypeXml size={18} aria-hidden />}>
              {t('feed.xml')}
            </Menu.Item>
            <Menu.Item component="a" href={`${files}/schedule.json`} download leftSection={<IconJson size={18} aria-hidden />}>
              {t('feed.json')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Anchor href={`/conferences/${id}`} size="sm" underline="always">
          {t('shell.signIn')}
        </Anchor>
        {(registration === 'over' || registration === 'full') && (
          <Text size="sm" c="dimmed">
            {t(`registration.${registration}`)}
          </Text>
        )}
      </Group>
      {openId && !opened && (
        <Alert role="status" my="sm" color="gray" withCloseButton closeButtonLabel={t('shell.close')} onClose={() => close('session')}>
          {t('conference.sessionGone')}
        </Alert>
      )}
      <Tabs value={sought ? null : day} onChange={(tab) => (setDay(tab), setText(''))} classNames={{ tab: classes.day }}>
        <Tabs.List aria-label={t('conference.days')}>
          {days.map((d) => (
            <Tabs.Tab key={d} value={d}>
              {d === untimed ? t('conference.noTime') : shortDate(`${d}T12:00:00Z`, 'UTC', locale)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <div className={classes.top}>
          <TextInput
            className={`${classes.search} ${classes.whole}`}
            size="xs"
            type="search"
            aria-label={t('conference.search')}
            placeholder={t('conference.search')}
            value={text}
            onChange={(e) => setText(e.currentTarget.value)}
          />
          <Select
            className={`${classes.filter} ${classes.whole}`}
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
        </div>
        {days.map((d) => (
          <Tabs.Panel key={d} value={d}>
            {d === day && (
              <Title order={2} size="h4" mb="xs">
                {d === untimed ? t('conference.noTime') : longDate(`${d}T12:00:00Z`, 'UTC', locale)}
              </Title>
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
      {shown.length === 0 && <Text role="status">{t('conference.nothing')}</Text>}
      <Portions key={`${day} ${room} ${sought}`} of={shown}>
        {(part) => (
          <ul className={classes.list}>
            {part.map((s) => (
              <li key={s.id}>
                <Card session={s} zone={zone} withDay={!!sought} />
              </li>
            ))}
          </ul>
        )}
      </Portions>
      {opened && <Details session={opened} zone={zone} />}
    </Container>
  )
}

/** Time, speakers and changes of a session. The card and the details both show them. */
function useFacts(s: PublicSession, zone: string) {
  const { t, locale, nameOf } = useReader()
  const end = s.start ? Date.parse(s.start) + lengthOf(s.duration) : 0
  const time = s.start
    ? end > Date.parse(s.start)
      ? span(Date.parse(s.start), end, zone, locale)
      : clock(s.start, zone, locale)
    : t('conference.noTime')
  const who = s.speakers.map((name, i) => nameOf(s.speakerNames[i]) || name)
  const from = [
    s.movedFromStart && s.movedFromStart !== s.start
      ? `${shortDate(s.movedFromStart, zone, locale)} ${clock(s.movedFromStart, zone, locale)}`
      : '',
    s.movedFromRoom && s.movedFromRoom !== s.room ? s.movedFromRoom : '',
  ]
    .filter(Boolean)
    .join(', ')
  const notes = [s.cancelled && t('conference.cancelled'), from && t('conference.movedFrom', { from })].filter((note) => !!note) as string[]
  return { time, who, notes }
}

function Card({ session: s, zone, withDay }: { session: PublicSession; zone: string; withDay: boolean }) {
  const { locale, nameOf } = useReader()
  const { time, who, notes } = useFacts(s, zone)
  return (
    <article className={classes.session} data-session={s.id} data-cancelled={s.cancelled || undefined}>
      <div className={classes.time}>
        {withDay && s.start && (
          <Text size="xs" c="dimmed">
            {shortDate(s.start, zone, locale)}
          </Text>
        )}
        {time}
      </div>
      <button type="button" className={classes.open} onClick={() => open('session', s.id)}>
        <span className={classes.title}>
          <bdi>{nameOf(titlesOf(s))}</bdi>
        </span>
        <Text span size="sm" c="dimmed">
          {[s.room, s.track, ...who].filter(Boolean).map((part, i) => (
            <span key={i}>
              {i > 0 && ' · '}
              <bdi className={classes.part}>{part}</bdi>
            </span>
          ))}
        </Text>
        {notes.map((note) => (
          <Badge key={note} variant="default" tt="none">
            {note}
          </Badge>
        ))}
      </button>
    </article>
  )
}

function Details({ session: s, zone }: { session: PublicSession; zone: string }) {
  const { t, locale, nameOf } = useReader()
  const { time, who, notes } = useFacts(s, zone)
  return (
    <Drawer
      opened
      onClose={() => close('session')}
      position="right"
      size="md"
      title={s.track ? <bdi>{s.track}</bdi> : t('conference.session')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack gap="sm">
        <Title order={2} size="h3">
          <bdi>{nameOf(titlesOf(s))}</bdi>
        </Title>
        {s.subtitle && (
          <Text>
            <bdi>{s.subtitle}</bdi>
          </Text>
        )}
        <Text fw={600}>
          {s.start ? t('consultant.at', { date: longDate(s.start, zone, locale), time, zone: zoneCity(zone, locale) }) : time}
        </Text>
        {s.room && (
          <Text>
            <bdi>{s.room}</bdi>
          </Text>
        )}
        {who.length > 0 && <Text>{t('conference.speakers', { who: who.join(', ') })}</Text>}
        {notes.map((note) => (
          <Text key={note} c="var(--hub-warning)" fw={600}>
            {note}
          </Text>
        ))}
        {s.abstract && (
          <Text dir="auto" style={{ whiteSpace: 'pre-line' }}>
            {s.abstract}
          </Text>
        )}
        <SessionLinks links={s.links} />
      </Stack>
    </Drawer>
  )
}
