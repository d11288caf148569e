import { Button, Center, Container, Loader, Paper, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import { useReader } from '../i18n'
import { AlertChoices } from '../inboxes/AlertChoices'
import { demands, useInbox } from '../inboxes/useInbox'
import { useTopic } from '../live/useTopic'
import { useNetwork } from '../networks/useNetwork'
import type { Engagement } from '../rostering/roster'
import { close, open as openOver, useOpened } from '../shell/opened'
import { addWeeks } from '../time/format'
import { useNow } from '../time/useNow'
import { useViewer } from '../viewer/useViewer'
import { AnswerCard } from './AnswerCard'
import { inOrder, isRequest } from './answers'
import { DayList } from './DayList'
import { EngagementCard } from './EngagementCard'
import { itineraryOf } from './itinerary'

const FeedDialog = lazy(() => import('../feeds/FeedDialog'))

/** How many alerts are shown at first. All alerts that need an answer are shown, even if they are more than this. */
const few = 3

/** A consultant's own page, made for a phone. It shows the present and the next engagement, then the alerts, then the days ahead. */
export default function ConsultantPage() {
  const { t, word } = useReader()
  const { person, network, homeTimeZone } = useViewer()
  const names = useNetwork(network)
  const now = useNow(15_000)
  const week = names.currentWeek ?? null
  // On Monday the last of Sunday's engagements may still be under way, or may still need an outcome.
  const lastWeek = useTopic(week && `itinerary/${person}/${addWeeks(week, -1)}`)
  const thisWeek = useTopic(week && `itinerary/${person}/${week}`)
  const nextWeek = useTopic(week && `itinerary/${person}/${addWeeks(week, 1)}`)
  const { open } = useInbox(person)
  const [all, setAll] = useState(false)
  const feed = useOpened('dialog') === 'feed'
  const engagements = useMemo(
    () =>
      [...lastWeek.picture.items.values(), ...thisWeek.picture.items.values(), ...nextWeek.picture.items.values()].filter(
        (item): item is Engagement => item.type === 'engagement',
      ),
    [lastWeek.picture, thisWeek.picture, nextWeek.picture],
  )
  if (names.problem)
    return (
      <Center h="60%" role="alert">
        {t('shell.unreachable')}
      </Center>
    )
  if (!names.ready || thisWeek.picture.position === null)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  const itinerary = itineraryOf(engagements, person, now, (engagement) => names.hospital(engagement.hospital)?.timeZone ?? names.zone)
  const home = homeTimeZone ?? null
  const card = (engagement: Engagement) => (
    <EngagementCard key={engagement.id} engagement={engagement} names={names} network={network} home={home} me={person} />
  )
  const alerts = inOrder(open, now)
  const pressing = alerts.filter((alert) => demands(alert) || isRequest(alert)).length
  const shown = all ? alerts : alerts.slice(0, Math.max(few, pressing))
  return (
    <Container size="sm" py="md">
      <VisuallyHidden component="h1">{t('consultant.title')}</VisuallyHidden>
      <VisuallyHidden role="status">
        {alerts[0] && `${t('shell.alertsOpen', { count: alerts.length })}: ${word('alertKinds', alerts[0].kind)}`}
      </VisuallyHidden>
      <Stack gap="lg">
        {itinerary.now.length > 0 && <Part title={t('consultant.now')}>{itinerary.now.map(card)}</Part>}
        {itinerary.next ? (
          <Part title={t('consultant.next')}>{card(itinerary.next)}</Part>
        ) : (
          itinerary.now.length === 0 && (
            <Part title={t('consultant.next')}>
              <Paper withBorder p="md" radius="md">
                <Text>{t('consultant.nothing')}</Text>
              </Paper>
            </Part>
          )
        )}
        <Part title={t('shell.alerts')}>
          {shown.map((alert) => (
            <AnswerCard key={alert.id} alert={alert} me={person} names={names} home={home} />
          ))}
          {alerts.length > shown.length && (
            <Button size="md" variant="subtle" onClick={() => setAll(true)}>
              {t('consultant.more', { count: alerts.length - shown.length })}
            </Button>
          )}
          {alerts.length === 0 && <Text c="dimmed">{t('shell.noAlerts')}</Text>}
          <AlertChoices />
        </Part>
        {itinerary.unsaid.length > 0 && <Part title={t('consultant.unsaid')}>{itinerary.unsaid.map(card)}</Part>}
        {itinerary.uncounted.length > 0 && <Part title={t('work.uncounted')}>{itinerary.uncounted.slice(0, few).map(card)}</Part>}
        <Part title={t('consultant.days')}>
          <DayList days={itinerary.days} names={names} home={home} now={now} />
        </Part>
        <Button variant="default" size="md" onClick={() => openOver('dialog', 'feed')}>
          {t('feed.mine')}
        </Button>
      </Stack>
      <Suspense>{feed && <FeedDialog close={() => close('dialog')} />}</Suspense>
    </Container>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack component="section" gap="sm" aria-label={title}>
      <Title order={2} size="h5">
        {title}
      </Title>
      {children}
    </Stack>
  )
}
