import { Anchor, Badge, Center, Container, Group, Loader, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import type { PublicProgramme, PublicSession } from '../../api/schema'
import { useResource } from '../../api/useResource'
import { useReader } from '../../i18n'
import { LanguageMenu, ThemeMenu } from '../../shell/Preferences'
import { clock, localOf, longDate, shortDate, span, zoneCity } from '../../time/format'
import { lengthOf } from '../programme'

/** A programme that is open to everybody: for reading, without signing in. */
export default function PublicPage({ id }: { id: string }) {
  const { t, locale } = useReader()
  const { data, error } = useResource<PublicProgramme>(`/api/public/conferences/${id}`)
  const [text, setText] = useState('')
  if (error) return <Center h="100dvh" p="lg" role="alert">{error.status === 0 ? t('shell.unreachable') : t('open.notOpen')}</Center>
  if (!data) return <Center h="100dvh"><Loader aria-label={t('shell.loading')} /></Center>
  const zone = data.timeZone
  const dayOf = (s: PublicSession) => s.day ?? (s.start ? localOf(s.start, zone).slice(0, 10) : '')
  const wanted = text.trim().toLocaleLowerCase()
  const shown = data.sessions.filter((s) => !wanted || [s.title, s.room, s.track ?? '', ...s.speakers].some((part) => part.toLocaleLowerCase().includes(wanted)))
  const days = [...new Set(shown.map(dayOf))].sort((a, b) => (a === '' ? 1 : b === '' ? -1 : a.localeCompare(b)))
  return (
    <Container size="md" py="md" component="main">
      <Group justify="flex-end" gap={4}><LanguageMenu /><ThemeMenu /></Group>
      <Title order={1} size="h2"><bdi>{data.title}</bdi></Title>
      {data.subtitle && <Text><bdi>{data.subtitle}</bdi></Text>}
      <Text size="sm" c="dimmed">{[t('conference.zone', { zone: zoneCity(zone, locale) }), t('conference.count', { count: data.sessions.length }), data.release > 0 && t('releases.number', { number: data.release })].filter(Boolean).join(' · ')}</Text>
      <TextInput my="md" type="search" aria-label={t('conference.search')} placeholder={t('conference.search')} value={text} onChange={(e) => setText(e.currentTarget.value)} />
      {shown.length === 0 && <Text role="status">{t('conference.nothing')}</Text>}
      {days.map((day) => (
        <Stack key={day} component="section" gap="xs" mb="lg" aria-label={day ? longDate(`${day}T12:00:00Z`, 'UTC', locale) : t('conference.noTime')}>
          <Title order={2} size="h4">{day ? longDate(`${day}T12:00:00Z`, 'UTC', locale) : t('conference.noTime')}</Title>
          {shown.filter((s) => dayOf(s) === day).map((s) => <Card key={s.id} session={s} zone={zone} />)}
        </Stack>
      ))}
      <Anchor href="/" underline="always">{t('shell.signIn')}</Anchor>
    </Container>
  )
}

function Card({ session: s, zone }: { session: PublicSession; zone: string }) {
  const { t, locale } = useReader()
  const end = s.start ? Date.parse(s.start) + lengthOf(s.duration) : 0
  const from = [s.movedFromStart && s.movedFromStart !== s.start ? `${shortDate(s.movedFromStart, zone, locale)} ${clock(s.movedFromStart, zone, locale)}` : '', s.movedFromRoom && s.movedFromRoom !== s.room ? s.movedFromRoom : ''].filter(Boolean).join(', ')
  return (
    <Paper component="article" withBorder p="sm" radius="md" data-session={s.id}>
      <Text size="sm" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>{s.start ? end > Date.parse(s.start) ? span(Date.parse(s.start), end, zone, locale) : clock(s.start, zone, locale) : t('conference.noTime')}{s.room && <> · <bdi>{s.room}</bdi></>}</Text>
      <Text fw={600} td={s.cancelled ? 'line-through' : undefined}><bdi>{s.title}</bdi></Text>
      {(s.speakers.length > 0 || s.track) && <Text size="sm" c="dimmed">{[s.speakers.join(', '), s.track].filter(Boolean).map((part, i) => <span key={i}>{i > 0 && ' · '}<bdi>{part}</bdi></span>)}</Text>}
      {s.cancelled && <Badge variant="default" tt="none">{t('conference.cancelled')}</Badge>}
      {from && <Badge variant="default" tt="none">{t('conference.movedFrom', { from })}</Badge>}
    </Paper>
  )
}
