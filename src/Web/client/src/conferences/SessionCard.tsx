import { ActionIcon, Badge, Text } from '@mantine/core'
import { IconAlertTriangle, IconArrowsExchange, IconCircleX, IconStar, IconStarFilled } from '@tabler/icons-react'
import { memo } from 'react'
import { useReader } from '../i18n'
import { clock, shortDate, span } from '../time/format'
import { useCoordinates } from '../viewer/useViewer'
import classes from './Conference.module.css'
import { endOf, type Session, startOf, titlesOf } from './programme'
import { useSpeakerName } from './speakers'

export interface CardProps {
  readonly session: Session
  readonly zone: string
  readonly marked: boolean
  readonly live?: boolean
  readonly withDay?: boolean
  readonly open: (session: Session) => void
  readonly toggle: (id: string) => void
}

/** Returns a text with the time and the room of a session before its move, if they differ. Null if the session has not moved. */
export function useMovedFrom(session: Session, zone: string) {
  const { t, locale } = useReader()
  const { moved } = session
  if (!moved) return null
  return t('conference.movedFrom', {
    from: [
      moved.fromStart && moved.fromStart !== session.start
        ? `${shortDate(moved.fromStart, zone, locale)} ${clock(moved.fromStart, zone, locale)}`
        : '',
      moved.fromRoom !== session.room ? moved.fromRoom : '',
    ]
      .filter(Boolean)
      .join(', '),
  })
}

/** One session of the programme. */
export const SessionCard = memo(function SessionCard({ session, zone, marked, live, withDay, open, toggle }: CardProps) {
  const { t, locale, nameOf } = useReader()
  const coordinates = useCoordinates()
  const from = useMovedFrom(session, zone)
  const speakerName = useSpeakerName()
  const time = session.start
    ? endOf(session) > startOf(session)
      ? span(startOf(session), endOf(session), zone, locale)
      : clock(startOf(session), zone, locale)
    : t('conference.noTime')
  return (
    <article
      className={classes.session}
      data-session={session.id}
      data-cancelled={session.cancelled || undefined}
      data-live={live || undefined}
    >
      <div className={classes.time}>
        {withDay && session.start && (
          <Text size="xs" c="dimmed">
            {shortDate(session.start, zone, locale)}
          </Text>
        )}
        {time}
      </div>
      <button type="button" className={classes.open} onClick={() => open(session)}>
        <span className={classes.title}>
          <bdi>{nameOf(titlesOf(session))}</bdi>
        </span>
        <Text span size="sm" c="dimmed">
          {[session.room, session.track, ...session.speakers.map(speakerName)].filter(Boolean).map((part, i) => (
            <span key={i}>
              {i > 0 && ' · '}
              <bdi className={classes.part}>{part}</bdi>
            </span>
          ))}
        </Text>
        {live && (
          <Badge variant="filled" tt="none">
            {t('conference.on')}
          </Badge>
        )}
        {session.cancelled && (
          <span className={classes.note}>
            <IconCircleX size={15} aria-hidden />
            {t('conference.cancelled')}
          </span>
        )}
        {from && (
          <span className={classes.note}>
            <IconArrowsExchange size={15} aria-hidden />
            {from}
          </span>
        )}
        {coordinates && session.booking === 'booked' && session.bookingFindings.length > 0 && (
          <span className={classes.note}>
            <IconAlertTriangle size={15} aria-hidden />
            {t('conference.changeRefused')}
          </span>
        )}
        {session.booking === 'refused' && (
          <span className={classes.note}>
            <IconAlertTriangle size={15} aria-hidden />
            {t('conference.notBooked')}
          </span>
        )}
      </button>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-pressed={marked}
        aria-label={t(marked ? 'conference.unmark' : 'conference.mark', { title: nameOf(titlesOf(session)) })}
        onClick={() => toggle(session.id)}
      >
        {marked ? <IconStarFilled size={20} color="var(--hub-accent)" /> : <IconStar size={20} />}
      </ActionIcon>
    </article>
  )
})
