import { ActionIcon, Center, Group, Loader } from '@mantine/core'
import { useFullscreenElement } from '@mantine/hooks'
import { IconMaximize, IconX } from '@tabler/icons-react'
import { useMemo } from 'react'
import { encode } from 'uqr'
import { Link, useParams } from 'wouter'
import { useReader } from '../i18n'
import { useHubAddress } from '../viewer/useViewer'
import { CaptionChoice, CaptionStrip, useCaptionLanguage } from './CaptionsPanel'
import { ClosedRoom, RefusedRoom } from './ClosedRoom'
import { type Lecture, pageOf, type Room } from './lecture'
import { PollResult } from './PollsPanel'
import classes from './Room.module.css'
import { SlideView } from './SlideView'
import { Stage, StageBadge } from './Stage'
import { useRoom } from './useLecture'

/**
 * The screen in the lecture room, readable from the last row: slides or picture, captions, the current question or poll, and how to join.
 */
export default function DisplayPage() {
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
  return <Display room={room} lecture={room.lecture} />
}

function Display({ room, lecture }: { room: Room; lecture: Lecture }) {
  const { t, nameOf } = useReader()
  const { ref, toggle } = useFullscreenElement<HTMLDivElement>()
  const captions = useCaptionLanguage(room)
  const asked = room.questions.find((q) => q.number === lecture.featured)
  // The newest open poll, or else the newest poll if its result is shown. Undefined while a question is shown large.
  const poll = asked
    ? undefined
    : (room.polls.find((p) => p.state === 'open') ?? (room.polls[0]?.state === 'shown' ? room.polls[0] : undefined))
  // Whether the picture is small, because slides, a question or a poll are large.
  const besides = lecture.onAir.length > 0 && (!!lecture.slides || !!asked || !!poll)
  return (
    <div className={classes.display} ref={ref} data-display={lecture.session}>
      <h1>
        <bdi>{lecture.title}</bdi>
      </h1>
      <div className={classes.displayMain}>
        {asked && (
          <div className={classes.large} data-asked={asked.number}>
            <div dir="auto">{asked.text}</div>
            {asked.name && <small>{t('lecture.askedBy', { who: nameOf(asked.name) })}</small>}
          </div>
        )}
        {poll && (
          <div className={classes.large} data-shown-poll={poll.number}>
            <bdi>{poll.question}</bdi>
            {poll.state === 'shown' ? (
              <PollResult poll={poll} counts={poll.counts} voters={poll.voters} />
            ) : (
              <ul>
                {poll.choices.map((choice) => (
                  <li key={choice}>
                    <bdi>{choice}</bdi>
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
        {!asked && !poll && lecture.slides ? (
          <SlideView session={lecture.session} deck={lecture.slides} page={lecture.page} />
        ) : (
          !asked && !poll && <Stage lecture={lecture} />
        )}
      </div>
      <aside className={classes.displaySide}>
        <Group justify="space-between" wrap="nowrap">
          <StageBadge lecture={lecture} />
          <Group gap={6} wrap="nowrap">
            <ActionIcon variant="default" size="lg" aria-label={t('lecture.fullScreen')} onClick={() => void toggle()}>
              <IconMaximize size={18} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              size="lg"
              component={Link}
              href={pageOf(lecture.conference, lecture.session, 'room')}
              aria-label={t('shell.close')}
            >
              <IconX size={18} />
            </ActionIcon>
          </Group>
        </Group>
        {besides && (
          <div className={classes.beside} data-beside>
            <Stage lecture={lecture} />
          </div>
        )}
        <Join lecture={lecture} />
        {captions.written.length > 0 && <CaptionChoice room={room} label={t('lecture.displayCaptions')} />}
      </aside>
      <div className={classes.displayFoot}>
        <CaptionStrip room={room} language={captions.shown} large />
      </div>
    </div>
  )
}

/** A QR code that leads phones to this room. */
function Join({ lecture }: { lecture: Lecture }) {
  const { t } = useReader()
  const address = `${useHubAddress()}${pageOf(lecture.conference, lecture.session, 'room')}`
  const { size, path } = useMemo(() => {
    const { size, data } = encode(address, { border: 2 })
    return { size, path: data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('') }
  }, [address])
  return (
    <div data-join={address}>
      <div className={classes.code}>
        <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={`${t('lecture.join')}: ${address}`} shapeRendering="crispEdges">
          <path d={path} fill="#000" />
        </svg>
      </div>
      <strong>{t('lecture.join')}</strong>
      <div>{t('lecture.joinHint')}</div>
    </div>
  )
}
