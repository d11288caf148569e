import { Badge, Button, Center, Group, Loader, Stack, Tabs, Text, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconEye, IconHistory, IconMaximize } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { Link, useParams } from 'wouter'
import { useReader } from '../i18n'
import { useTitle } from '../shell/title'
import { Announcements } from './Announcements'
import { CaptionChoice, CaptionsPanel, CaptionStrip, useCaptionLanguage } from './CaptionsPanel'
import { ClosedRoom, RefusedRoom } from './ClosedRoom'
import { crewChanges, type Lecture, pageOf, type Room } from './lecture'
import { PollsPanel } from './PollsPanel'
import { QuestionsPanel } from './QuestionsPanel'
import { ReactionBar } from './ReactionBar'
import { RecordingFiles } from './RecordingFiles'
import classes from './Room.module.css'
import { SlidesPanel } from './SlidesPanel'
import { Stage, StageBadge } from './Stage'
import { useMe, useRoom } from './useLecture'
import { useShown } from './useShown'

/**
 * A lecture for attendees: the picture, and beside it slides, captions, questions and polls. All of them show the instant that the reader
 * watches.
 */
export default function RoomPage() {
  const { t } = useReader()
  const { id, session } = useParams<{ id: string; session: string }>()
  const { room, known, refused } = useRoom(session)
  if (refused) return <RefusedRoom why={refused} conference={id} session={session} />
  if (!known)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  if (!room.lecture) return <ClosedRoom conference={id} session={session} />
  return <OpenRoom room={room} lecture={room.lecture} />
}

function OpenRoom({ room, lecture }: { room: Room; lecture: Lecture }) {
  useTitle(lecture.title)
  const { t, locale } = useReader()
  const session = lecture.session
  const me = useMe(session, true)
  const { shown, at, watch } = useShown(session, room)
  const again = at !== null
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  const [choice, setLarge] = useState<'picture' | 'slides' | null>(null)
  // While nobody is on air, the slides are the main part, unless the reader has chosen otherwise.
  const large = choice ?? (lecture.slides && lecture.onAir.length === 0 ? 'slides' : 'picture')
  const captions = useCaptionLanguage(room)
  const over = lecture.stage === 'ended'
  const leads = !over && (me.is('speaker') || me.is('host'))
  // Roles may change while the page is open.
  const crew = crewChanges(lecture)
  const { refresh } = me
  useEffect(() => void refresh(), [crew, lecture.speakers, refresh])
  const tabs = [!wide && 'slides', 'questions', 'polls', 'captions'].filter((tab) => !!tab) as (
    'slides' | 'questions' | 'polls' | 'captions'
  )[]
  const [chosen, choose] = useState<string | null>(null)
  const tab = tabs.find((name) => name === chosen) ?? tabs[0]!
  const open = shown.polls.filter((p) => p.state === 'open').length
  const hasSlides = !!lecture.slides || !!shown.lecture?.slides || leads
  const slides = (
    <SlidesPanel
      lecture={shown.lecture ?? lecture}
      leads={leads && !again}
      again={again}
      more={
        wide &&
        lecture.slides && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconMaximize size={14} aria-hidden />}
            onClick={() => setLarge(large === 'slides' ? 'picture' : 'slides')}
          >
            {t(large === 'slides' ? 'lecture.pictureLarger' : 'lecture.larger')}
          </Button>
        )
      }
    />
  )
  return (
    <div className={classes.room} data-large={large} data-slides={wide && hasSlides} data-lecture={session}>
      <div className={classes.head}>
        <Title order={1} size="h3">
          <bdi>{lecture.title}</bdi>
        </Title>
        <StageBadge lecture={lecture} />
        {!!room.pulse?.audience && (
          <Group gap={4} c="dimmed">
            <IconEye size={16} aria-hidden />
            <Text size="sm">{t('lecture.watching', { count: room.pulse.audience })}</Text>
          </Group>
        )}
        {me.isCrew && (
          <Button component={Link} href={pageOf(lecture.conference, session, 'backstage')} size="xs" variant="default" ms="auto">
            {t('lecture.backstage')}
          </Button>
        )}
      </div>
      <section className={classes.stage} aria-label={t('lecture.picture')}>
        <Stage lecture={lecture} captions={<CaptionStrip room={shown} language={captions.shown} at={at} />} onInstant={watch} />
        <div role="status">
          {again && (
            <Text size="sm" mt={6} data-again>
              <IconHistory size={16} aria-hidden className={classes.sign} /> {t('lecture.replaying')}
            </Text>
          )}
        </div>
        <div className={classes.below}>
          {!over && <ReactionBar session={session} pulse={room.pulse} me={me} />}
          {wide && captions.written.length > 0 && <CaptionChoice room={room} label={t('lecture.captionLanguage')} />}
        </div>
        <Stack mt="xs">
          <Announcements newest={shown.announcements[0]} />
          {over && lecture.recording && lecture.recordedFrom && <RecordingFiles lecture={lecture} />}
        </Stack>
      </section>
      {wide && hasSlides && (
        <section className={classes.slides} aria-label={t('lecture.slides')}>
          {slides}
        </section>
      )}
      <section className={classes.tabs} aria-label={t('lecture.beside')}>
        <Tabs value={tab} onChange={choose} keepMounted={false} styles={wide ? undefined : { tab: { paddingInline: 8 } }}>
          <Tabs.List>
            {tabs.map((name) => (
              <Tabs.Tab
                key={name}
                value={name}
                data-tab={name}
                rightSection={
                  name === 'polls' && open > 0 ? (
                    <Badge size="sm" circle>
                      {new Intl.NumberFormat(locale).format(open)}
                    </Badge>
                  ) : undefined
                }
              >
                {t(`lecture.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {!wide && (
            <Tabs.Panel value="slides" pt="sm">
              {slides}
            </Tabs.Panel>
          )}
          <Tabs.Panel value="questions" pt="sm">
            <QuestionsPanel session={session} room={shown} me={me} over={over} again={again} />
          </Tabs.Panel>
          <Tabs.Panel value="polls" pt="sm">
            <PollsPanel session={session} room={shown} me={me} again={again} />
          </Tabs.Panel>
          <Tabs.Panel value="captions" pt="sm">
            <CaptionsPanel room={shown} />
          </Tabs.Panel>
        </Tabs>
      </section>
    </div>
  )
}
