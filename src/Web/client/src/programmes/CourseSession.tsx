import { Anchor, Badge, Button, Group, Paper, Text } from '@mantine/core'
import { Link } from 'wouter'
import { useReader } from '../i18n'
import type { useNetwork } from '../networks/useNetwork'
import { kindIcons, lookIcons } from '../rostering/look'
import { open } from '../shell/opened'
import { clock, datedDay, shortDate, span, zoneCity } from '../time/format'
import type { CourseView, SessionView } from './wire'

interface Props {
  readonly view: CourseView
  readonly one: SessionView
  readonly names: ReturnType<typeof useNetwork>
  readonly mayPlan: boolean
  readonly now: number
}

/** One session of a cohort, with what the reader can do about it. */
export function CourseSession({ view, one, names, mayPlan, now }: Props) {
  const { t, word, locale } = useReader()
  const { session } = one
  const [Kind, Status] = [kindIcons[session.kind], lookIcons[session.status]]
  const zone = names.hospital(session.hospital)?.timeZone ?? names.zone
  // A zone in which the clock shows the same time says nothing new.
  const others = view.zones.filter((other) => clock(session.start, other, locale) !== clock(session.start, zone, locale))
  const off = session.status === 'cancelled' || session.status === 'noShow'
  const begun = Date.parse(session.start) - 30 * 60_000 <= now
  const over = Date.parse(session.end) <= now || session.status === 'completed'
  const dialogOf = (what: string) => `${what}-${session.engagement}`
  const count = (presence: string | null) => one.people.filter((person) => (person.presence ?? null) === presence).length
  const present = count('present')
  return (
    <Paper withBorder p="sm" radius="md" data-session={session.engagement} data-status={session.status}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Text fw={600} dir="auto" td={off ? 'line-through' : undefined}>
          {session.title}
        </Text>
        <Badge
          variant="outline"
          color="gray"
          c="var(--hub-text)"
          tt="none"
          leftSection={<Status size={12} aria-hidden />}
          style={{ flexShrink: 0 }}
        >
          {word('statuses', session.status)}
        </Badge>
      </Group>
      <Text size="sm">
        {t('consultant.at', {
          date: datedDay(session.start, zone, locale),
          time: span(session.start, session.end, zone, locale),
          zone: zoneCity(zone, locale),
        })}
      </Text>
      {others.map((other) => (
        <Text key={other} size="sm" c="dimmed">
          {t('consultant.at', {
            date: shortDate(session.start, other, locale),
            time: span(session.start, session.end, other, locale),
            zone: zoneCity(other, locale),
          })}
        </Text>
      ))}
      <Text size="sm" c="dimmed">
        <Kind size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> {word('kinds', session.kind)}
        {' · '}
        <bdi>{names.hospitalName(session.hospital)}</bdi>
        {' · '}
        <bdi>{names.roomName(session.hospital, session.room) || t('board.remote')}</bdi>
        {session.trainers.length > 0 && (
          <>
            {' · '}
            <bdi>{session.trainers.map(names.personName).join(', ')}</bdi>
          </>
        )}
      </Text>
      {session.participants.length > 0 && (
        <Text size="sm" data-participants>
          {one.people.length > 0 ? t('course.onlyFor', { count: session.participants.length }) : t('course.onlyForYou')}
        </Text>
      )}
      {one.people.length > 0 && begun && !off && (
        <Text size="sm" data-presence>
          {t('course.presence', { present, absent: count('absent') + count('excused'), unknown: count(null) })}
        </Text>
      )}
      {one.isMine && begun && !off && (
        <Text size="sm" data-own={one.myPresence ?? 'unknown'}>
          {t('course.you', { presence: one.myPresence ? word('presences', one.myPresence) : t('course.notRecorded') })}
        </Text>
      )}
      {one.feedback && one.feedback.answers > 0 && (
        <Text size="sm" data-feedback>
          {one.feedback.rating == null
            ? t('course.fewAnswers', { count: one.feedback.answers })
            : t('course.rating', { rating: one.feedback.rating, count: one.feedback.answers })}
        </Text>
      )}
      <Group gap="xs" mt="xs">
        {one.mayRecord && begun && (
          <Button size="xs" variant="default" data-do="record" onClick={() => open('dialog', dialogOf('record'))}>
            {t('course.record')}
          </Button>
        )}
        {view.mayDecide && (
          <Button size="xs" variant="subtle" data-do="participants" onClick={() => open('dialog', dialogOf('participants'))}>
            {t('course.participants')}
          </Button>
        )}
        {one.isMine && over && !off && one.myPresence !== 'absent' && one.myPresence !== 'excused' && (
          <Button size="xs" variant="default" data-do="feedback" onClick={() => open('dialog', dialogOf('feedback'))}>
            {t(one.myRating ? 'course.changeFeedback' : 'course.giveFeedback')}
          </Button>
        )}
        {one.feedback?.rating != null && (
          <Button size="xs" variant="subtle" data-do="comments" onClick={() => open('dialog', dialogOf('comments'))}>
            {t('course.comments')}
          </Button>
        )}
        {session.lecture && !off && (
          <Anchor component={Link} size="sm" href={`/conferences/${session.lecture.conference}/sessions/${session.lecture.session}/room`}>
            {t('course.room')}
          </Anchor>
        )}
        {mayPlan && (
          <Anchor component={Link} size="sm" href={`/board/${view.programme.network}/${session.week}?show=${session.engagement}`}>
            {t('course.onBoard')}
          </Anchor>
        )}
      </Group>
    </Paper>
  )
}
