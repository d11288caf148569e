import { Anchor, Button, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { IconBroadcast } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { Link } from 'wouter'
import { mayInvite } from '../accounts/guests'
import { useReader } from '../i18n'
import { close as closeOver, open, useOpened } from '../shell/opened'
import { clock, length, longDate, span, zoneCity } from '../time/format'
import { useCoordinates, useViewer } from '../viewer/useViewer'
import { SessionPlace } from './audience/SessionPlace'
import type { Places } from './audience/usePlaces'
import { type ConferenceHead, endOf, languageName, lengthOf, type Session, startOf, titlesOf } from './programme'
import { useMovedFrom } from './SessionCard'
import { SessionLinks } from './SessionLinks'
import { useSpeakerName } from './speakers'

const GuestsDialog = lazy(() => import('../accounts/GuestsDialog'))
const EndDialog = lazy(() => import('./edits/EndDialog'))
const DraftSessionDialog = lazy(() => import('./releases/DraftSessionDialog').then((module) => ({ default: module.DraftSessionDialog })))
const MoveSessionDialog = lazy(() => import('./MoveSessionDialog').then((module) => ({ default: module.MoveSessionDialog })))

/** Everything about one session. A coordinator can move the session from here. */
export default function SessionDetails({
  session,
  head,
  places,
  close,
}: {
  session: Session
  head: ConferenceHead
  places: Places | undefined
  close: () => void
}) {
  const { t, word, locale, nameOf } = useReader()
  const viewer = useViewer()
  const coordinates = useCoordinates()
  const speakerName = useSpeakerName()
  const dialog = useOpened('dialog')
  const moving = dialog === 'move' && coordinates
  const guests = {
    network: head.network,
    conference: head.id,
    session: session.id,
    zone: head.timeZone,
    end: session.start ? endOf(session) : null,
  }
  const invites = mayInvite(viewer, guests)
  const zone = head.timeZone
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  const from = useMovedFrom(session, zone)
  const when = (at: string) =>
    t('consultant.at', {
      date: longDate(startOf(session), at, locale),
      time: endOf(session) > startOf(session) ? span(startOf(session), endOf(session), at, locale) : clock(startOf(session), at, locale),
      zone: zoneCity(at, locale),
    })
  return (
    <Drawer
      opened
      onClose={close}
      // Escape then closes only the dialog over this drawer.
      closeOnEscape={!dialog}
      position="right"
      size="md"
      title={session.track ? <bdi>{session.track}</bdi> : t('conference.session')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack gap="sm">
        <Title order={2} size="h3">
          <bdi>{nameOf(titlesOf(session))}</bdi>
        </Title>
        {session.subtitle && (
          <Text>
            <bdi>{session.subtitle}</bdi>
          </Text>
        )}
        {session.start ? (
          <div>
            <Text fw={600}>{when(zone)}</Text>
            {own !== zone && clock(session.start, own, locale) !== clock(session.start, zone, locale) && (
              <Text size="sm" c="dimmed">
                {when(own)} · {t('shell.yourTime')}
              </Text>
            )}
            <Text size="sm" c="dimmed">
              {t('conference.lasts', { length: length(lengthOf(session.duration), locale) })}
            </Text>
          </div>
        ) : (
          <Text>{t('conference.noTime')}</Text>
        )}
        {session.room && (
          <Text>
            <bdi>{session.room}</bdi>
          </Text>
        )}
        {session.speakers.length > 0 && <Text>{t('conference.speakers', { who: session.speakers.map(speakerName).join(', ') })}</Text>}
        {session.language && (
          <Text size="sm" c="dimmed">
            {t('conference.language', {
              language: languageName(session.language, locale),
            })}
          </Text>
        )}
        {session.cancelled && (
          <Text c="var(--hub-warning)" fw={600}>
            {t('conference.cancelled')}
          </Text>
        )}
        {from && <Text c="var(--hub-warning)">{from}</Text>}
        {session.booking === 'refused' && (
          <Text c="var(--hub-warning)">
            {t('conference.notBookedWhy', { why: session.bookingFindings.map((code) => word('findings', code)).join(', ') })}
          </Text>
        )}
        {coordinates && session.booking === 'booked' && session.bookingFindings.length > 0 && (
          <Text c="var(--hub-warning)">
            {t('conference.changeRefusedWhy', { why: session.bookingFindings.map((code) => word('findings', code)).join(', ') })}
          </Text>
        )}
        {session.booking === 'booked' && (
          <Text size="sm" c="dimmed">
            {t('conference.booked')}
          </Text>
        )}
        {session.abstract && (
          <Text dir="auto" style={{ whiteSpace: 'pre-line' }}>
            {session.abstract}
          </Text>
        )}
        {session.url && /^https?:\/\//.test(session.url) && (
          <Anchor href={session.url} target="_blank" rel="noreferrer" underline="always">
            {t('conference.more')}
          </Anchor>
        )}
        <SessionLinks links={session.links} />
        {!session.cancelled && (
          <Button
            component={Link}
            href={`/conferences/${head.id}/sessions/${session.id}/room`}
            leftSection={<IconBroadcast size={18} aria-hidden />}
          >
            {t('lecture.enter')}
          </Button>
        )}
        <SessionPlace conference={head.id} session={session} places={places} />
        {coordinates && (
          <Button variant="default" data-do="move" onClick={() => open('dialog', 'move')}>
            {t('conference.move')}
          </Button>
        )}
        {coordinates && (
          <Group gap="xs" grow>
            {head.hasDraft ? (
              <Button variant="default" component={Link} href={`/conferences/${head.id}/draft?edit=${session.id}`} data-do="edit">
                {t('edits.edit')}
              </Button>
            ) : (
              <Button variant="default" data-do="edit" onClick={() => open('dialog', 'edit')}>
                {t('edits.edit')}
              </Button>
            )}
            {!session.cancelled && (
              <Button variant="default" data-do="withdraw" onClick={() => open('dialog', 'withdraw')}>
                {t('edits.withdraw')}
              </Button>
            )}
            <Button variant="default" data-do="delete" onClick={() => open('dialog', 'delete')}>
              {t('edits.delete')}
            </Button>
          </Group>
        )}
        {invites && !session.cancelled && (
          <Button variant="default" data-do="guests" onClick={() => open('dialog', 'guests')}>
            {t('guests.title')}
          </Button>
        )}
      </Stack>
      <Suspense>
        {dialog === 'edit' && coordinates && !head.hasDraft && (
          <DraftSessionDialog item={{ version: session.version, session }} head={head} live close={() => closeOver('dialog')} />
        )}
        {(dialog === 'withdraw' || dialog === 'delete') && coordinates && (
          <EndDialog
            target={{ url: `/api/conferences/${head.id}/sessions/${session.id}`, title: nameOf(titlesOf(session)), what: 'session' }}
            zone={zone}
            how={dialog}
            close={() => closeOver('dialog')}
            done={() => closeOver('dialog')}
          />
        )}
        {moving && <MoveSessionDialog session={session} head={head} close={() => closeOver('dialog')} />}
        {dialog === 'guests' && invites && <GuestsDialog of={guests} title={session.title} close={() => closeOver('dialog')} />}
      </Suspense>
    </Drawer>
  )
}
