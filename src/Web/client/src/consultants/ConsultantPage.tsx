import { Button, Center, Container, Group, Loader, Paper, Stack, Switch, Text, Title } from '@mantine/core'
import { IconBellRinging } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useReader } from '../i18n'
import { useInbox } from '../inboxes/useInbox'
import { useTopic } from '../live/useTopic'
import { useNetwork } from '../networks/useNetwork'
import { kindIcons, lookIcons } from '../rostering/look'
import { type Duty, lookOf } from '../rostering/roster'
import { useSession } from '../session/useSession'
import { addWeeks, clock, longDate } from '../time/format'
import { useNow } from '../time/useNow'
import { AnswerCard } from './AnswerCard'
import { DutyCard } from './DutyCard'
import { itineraryOf } from './itinerary'
import { allowNotifications, canNotify, useAlarm } from './useAlarm'
import classes from './ConsultantPage.module.css'

/** A consultant's own page, made for a phone: now and next, alerts to answer, then the days ahead. */
export default function ConsultantPage() {
  const { t, word, locale } = useReader()
  const { person, network, homeTimeZone } = useSession()
  const names = useNetwork(network)
  const now = useNow(15_000)
  const week = names.currentWeek ?? null
  const thisWeek = useTopic(week && `itinerary/${person}/${week}`)
  const nextWeek = useTopic(week && `itinerary/${person}/${addWeeks(week, 1)}`)
  const { alerts, open, known } = useInbox(person)
  const { sound, setSound } = useAlarm(alerts, known)
  const [permission, setPermission] = useState(() => (canNotify() ? Notification.permission : 'denied'))
  const duties = useMemo(() => [...thisWeek.picture.items.values(), ...nextWeek.picture.items.values()].filter((item): item is Duty => item.type === 'engagement'), [thisWeek.picture, nextWeek.picture])
  const mine = useMemo(() => duties.filter((duty) => duty.consultants.includes(person)), [duties, person])
  if (names.problem) return <Center h="60%" role="alert">{t('shell.unreachable')}</Center>
  if (!names.ready || thisWeek.picture.position === null) return <Center h="60%"><Loader aria-label={t('shell.loading')} /></Center>
  const zoneOf = (duty: Duty) => names.hospital(duty.hospital)?.timeZone ?? names.zone
  const { now: underWay, next, days } = itineraryOf(mine, now, zoneOf)
  const home = homeTimeZone ?? null
  const card = (duty: Duty) => <DutyCard key={duty.id} duty={duty} names={names} network={network} home={home} me={person} />
  return (
    <Container size="sm" py="md">
      <Title order={1} size="h3" mb="sm">{t('consultant.title')}</Title>
      <Stack gap="lg">
        <section aria-label={t('consultant.nowAndNext')}>
          <Stack gap="sm">
            {underWay.length > 0 && <><Title order={2} size="h5">{t('consultant.now')}</Title>{underWay.map(card)}</>}
            {next && <><Title order={2} size="h5">{t('consultant.next')}</Title>{card(next)}</>}
            {underWay.length === 0 && !next && <Paper withBorder p="md" radius="md"><Text>{t('consultant.nothing')}</Text></Paper>}
          </Stack>
        </section>
        <section aria-label={t('shell.alerts')}>
          <Group justify="space-between" mb="xs"><Title order={2} size="h5">{t('shell.alerts')}</Title><Switch label={t('consultant.sound')} checked={sound} onChange={(e) => setSound(e.currentTarget.checked)} /></Group>
          {permission === 'default' && <Button variant="default" mb="sm" leftSection={<IconBellRinging size={18} aria-hidden />} onClick={() => void allowNotifications().then(setPermission)}>{t('consultant.allow')}</Button>}
          <Stack gap="sm" aria-live="polite">
            {open.map((alert) => <AnswerCard key={alert.id} alert={alert} me={person} names={names} home={home} />)}
            {open.length === 0 && <Text c="dimmed">{t('shell.noAlerts')}</Text>}
          </Stack>
        </section>
        <section aria-label={t('consultant.days')}>
          <Title order={2} size="h5" mb="xs">{t('consultant.days')}</Title>
          {days.map(({ date, duties: ofDay }) => (
            <div key={date}>
              <Title order={3} size="sm" mt="sm" mb={4}>{longDate(`${date}T12:00:00Z`, 'UTC', locale)}</Title>
              <ul className={classes.day}>
                {ofDay.map((duty) => {
                  const [Kind, Status] = [kindIcons[duty.kind], lookIcons[lookOf(duty)]]
                  return (
                    <li key={duty.id} className={classes.duty} data-engagement={duty.id} data-done={duty.status === 'completed' || undefined}>
                      <span className={classes.time}>{clock(duty.start, zoneOf(duty), locale)}<br /><Text span size="xs" c="dimmed">{clock(duty.end, zoneOf(duty), locale)}</Text></span>
                      <Kind size={18} aria-hidden />
                      <span><b dir="auto">{duty.title}</b><br /><Text span size="sm" c="dimmed"><bdi>{names.hospitalName(duty.hospital)}</bdi>, <bdi>{names.roomName(duty.hospital, duty.room) || t('consultant.remote')}</bdi></Text></span>
                      <span className={classes.status}><Status size={14} aria-hidden /> {word('statuses', lookOf(duty))}</span>
                    </li>
                  )
                })}
              </ul>
            </div>
          ))}
        </section>
      </Stack>
    </Container>
  )
}
