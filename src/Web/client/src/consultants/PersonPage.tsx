import { Center, Container, Loader, Text, Title } from '@mantine/core'
import { useMemo } from 'react'
import { useParams } from 'wouter'
import { useReader } from '../i18n'
import { useTopic } from '../live/useTopic'
import { useNetwork } from '../networks/useNetwork'
import type { Engagement } from '../rostering/roster'
import { useTitle } from '../shell/title'
import { addWeeks } from '../time/format'
import { useNow } from '../time/useNow'
import { useViewer } from '../viewer/useViewer'
import { Credentials } from './Credentials'
import { DayList } from './DayList'
import { itineraryOf } from './itinerary'

/** One person of the network as a coordinator sees them. A consultant's page shows the days of this week and the next. */
export default function PersonPage() {
  const { t, word, nameOf } = useReader()
  const { person } = useParams<{ person: string }>()
  const viewer = useViewer()
  const names = useNetwork(viewer.network)
  const now = useNow(15_000)
  const week = names.currentWeek ?? null
  const known = names.consultant(person)
  const thisWeek = useTopic(known && week ? `itinerary/${person}/${week}/${viewer.network}` : null)
  const nextWeek = useTopic(known && week ? `itinerary/${person}/${addWeeks(week, 1)}/${viewer.network}` : null)
  const engagements = useMemo(
    () =>
      [...thisWeek.picture.items.values(), ...nextWeek.picture.items.values()].filter(
        (item): item is Engagement => item.type === 'engagement',
      ),
    [thisWeek.picture, nextWeek.picture],
  )
  const own = person === viewer.person
  const other = nameOf(names.other(person) ?? (own ? viewer.name : undefined))
  useTitle(known ? names.personName(person) : other || undefined)
  if (names.problem)
    return (
      <Center h="60%" role="alert">
        {t('shell.unreachable')}
      </Center>
    )
  if (!names.ready)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  if (!known && !other)
    return (
      <Center h="60%" role="alert">
        {t('consultant.unknown')}
      </Center>
    )
  if (!known) {
    return (
      <Container size="sm" py="md">
        <Title order={1} size="h2">
          <bdi>{other}</bdi>
        </Title>
        {own && <Text c="dimmed">{word('roles', viewer.role)}</Text>}
        <Text mt="md">{t('consultant.notConsultant')}</Text>
      </Container>
    )
  }
  const { days } = itineraryOf(engagements, person, now, (engagement) => names.hospital(engagement.hospital)?.timeZone ?? names.zone)
  return (
    <Container size="sm" py="md">
      <Title order={1} size="h2">
        <bdi>{names.personName(person)}</bdi>
      </Title>
      <Text c="dimmed">{known.specialties.map(names.specialtyName).join(' · ')}</Text>
      {known.contact && (
        <Text data-contact>
          {t('consultant.contact')}: <bdi>{known.contact}</bdi>
        </Text>
      )}
      {!!known.credentials?.length && <Credentials consultant={known} names={names} />}
      <Title order={2} size="h5" mt="md">
        {t('consultant.days')}
      </Title>
      {thisWeek.picture.position === null ? (
        <Loader aria-label={t('shell.loading')} />
      ) : (
        <DayList days={days} names={names} home={known.homeTimeZone ?? null} now={now} zoned />
      )}
    </Container>
  )
}
