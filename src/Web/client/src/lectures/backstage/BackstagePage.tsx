import { Anchor, Button, Center, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { IconDeviceTv, IconEye } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { Link, useParams } from 'wouter'
import { GuestLinks } from '../../accounts/GuestLinks'
import { mayInvite } from '../../accounts/guests'
import { useReader } from '../../i18n'
import { askAgain } from '../../live/useTopic'
import { useViewer } from '../../viewer/useViewer'
import { ClosedRoom, RefusedRoom } from '../ClosedRoom'
import { crewChanges, endsAt, type Lecture, pageOf, type Room } from '../lecture'
import classes from '../Room.module.css'
import { SlidesPanel } from '../SlidesPanel'
import { Stage, StageBadge } from '../Stage'
import { type Me, useMe, useRoom } from '../useLecture'
import { AnnounceDesk } from './AnnounceDesk'
import { AudienceDesk } from './AudienceDesk'
import { CaptionDesk } from './CaptionDesk'
import { CrewDesk } from './CrewDesk'
import { HandsDesk } from './HandsDesk'
import { PollDesk } from './PollDesk'
import { QuestionDesk } from './QuestionDesk'
import { StageDesk } from './StageDesk'
import { TimeLeft } from './TimeLeft'

const Studio = lazy(() => import('../media/sending/Studio').then((module) => ({ default: module.Studio })))

/** The crew's page. Each person sees the desks of their roles. */
export default function BackstagePage() {
  const { t } = useReader()
  const { id, session } = useParams<{ id: string; session: string }>()
  const open = useRoom(session)
  if (open.refused) return <RefusedRoom why={open.refused} />
  if (!open.known)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  if (!open.room.lecture) return <ClosedRoom conference={id} session={session} />
  return <Crew session={session} lecture={open.room.lecture} />
}

function Crew({ session, lecture }: { session: string; lecture: Lecture }) {
  const { t } = useReader()
  const me = useMe(session, true)
  const crew = crewChanges(lecture)
  const { refresh } = me
  useEffect(() => void refresh(), [crew, refresh])
  const { room, known, refused } = useRoom(session, 'stage')
  // If the crew or the speakers change after a refusal, the page asks again, because the person may have a role now.
  useEffect(() => void (refused && askAgain(`lecture/${session}/stage`)), [refused, session, crew, lecture.speakers])
  if (refused)
    return (
      <Center h="60%" role="alert">
        <Stack align="center">
          <Text>{t('shell.denied')}</Text>
          <Anchor component={Link} href={pageOf(lecture.conference, session, 'room')}>
            {t('lecture.toRoom')}
          </Anchor>
        </Stack>
      </Center>
    )
  if (!known || !room.lecture)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  return <Desks room={room} lecture={room.lecture} me={me} />
}

function Desks({ room, lecture, me }: { room: Room; lecture: Lecture; me: Me }) {
  const { t } = useReader()
  const session = lecture.session
  const viewer = useViewer()
  const { person } = viewer
  const [hosts, moderates] = [me.is('host'), me.is('host') || me.is('moderator')]
  // A person who is on air gets small pictures here unless they choose others, because sending needs the power of their machine and line.
  const sends = lecture.onAir.some((s) => s.person === person)
  const guests = {
    network: lecture.network,
    conference: lecture.conference,
    session,
    zone: lecture.timeZone,
    end: endsAt(lecture),
  }
  const invites = mayInvite(viewer, guests)
  const leads = (hosts || me.is('speaker')) && lecture.stage !== 'ended'
  return (
    <Stack p="sm" gap="sm" data-backstage={session}>
      <div className={classes.head}>
        <Title order={1} size="h3">
          <bdi>{lecture.title}</bdi>
        </Title>
        <StageBadge lecture={lecture} />
        <TimeLeft lecture={lecture} />
        <Group gap={4} c="dimmed">
          <IconEye size={16} aria-hidden />
          <Text size="sm">{t('lecture.watching', { count: room.pulse?.audience ?? 0 })}</Text>
        </Group>
        <Group ms="auto" gap="xs">
          <Button component={Link} href={pageOf(lecture.conference, session, 'room')} size="xs" variant="default">
            {t('lecture.toRoom')}
          </Button>
          <Button
            component={Link}
            href={pageOf(lecture.conference, session, 'display')}
            size="xs"
            variant="default"
            leftSection={<IconDeviceTv size={14} aria-hidden />}
          >
            {t('lecture.display')}
          </Button>
        </Group>
      </div>
      <div className={classes.backstage}>
        <Stack gap="sm">
          <Desk title={t('lecture.stage')}>
            <Stage lecture={lecture} best={sends ? 'small' : 'full'} />
            <StageDesk lecture={lecture} me={me} />
          </Desk>
          {hosts && (
            <Desk title={t('lecture.crew')}>
              <CrewDesk lecture={lecture} />
            </Desk>
          )}
          {invites && lecture.stage !== 'ended' && (
            <Desk title={t('guests.title')}>
              <GuestLinks of={guests} />
            </Desk>
          )}
        </Stack>
        {(leads || lecture.slides) && (
          <Stack gap="sm">
            {leads && (
              <Desk title={t('media.studio')}>
                <Suspense>
                  <Studio lecture={lecture} />
                </Suspense>
              </Desk>
            )}
            <Desk title={t('lecture.slides')}>
              <SlidesPanel lecture={lecture} leads={leads} />
            </Desk>
          </Stack>
        )}
        {moderates ? (
          <Stack gap="sm">
            <Desk title={t('lecture.questions')}>
              <QuestionDesk room={room} lecture={lecture} />
            </Desk>
            <Desk title={t('lecture.hands')}>
              <HandsDesk session={session} hands={room.hands} />
            </Desk>
            <Desk title={t('lecture.polls')}>
              <PollDesk session={session} room={room} />
            </Desk>
            <Desk title={t('lecture.announcements')}>
              <AnnounceDesk session={session} room={room} />
            </Desk>
          </Stack>
        ) : (
          <Stack gap="sm">
            <AudienceDesk room={room} lecture={lecture} desk={Desk} />
          </Stack>
        )}
      </div>
      {me.is('captioner') && (
        <section className={classes.dock} aria-label={t('lecture.captioner')}>
          <CaptionDesk session={session} room={room} />
        </section>
      )}
    </Stack>
  )
}

function Desk({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper component="section" withBorder p="sm" radius="md" aria-label={title}>
      <Stack gap="sm">
        <Title order={2} size="h5">
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  )
}
