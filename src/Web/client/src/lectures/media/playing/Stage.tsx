import { Button } from '@mantine/core'
import { IconVolume } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useReader } from '../../../i18n'
import { type Lecture, speakerNames } from '../../lecture'
import classes from '../Stage.module.css'
import { support } from '../support'
import { Controls } from './Controls'
import { leavePicture, showPicture } from './pictureInPicture'
import { mainPicture, Pictures } from './Pictures'
import { useStage } from './useStage'
import type { Quality } from './ViewerLink'

const step = 10_000
const sayEvery = 500

/** The lecture's picture and sound, live or from its recording. */
export function MediaStage({
  lecture,
  captions,
  onInstant,
  best = 'full',
  children,
}: {
  lecture: Lecture
  /** Shown over the picture while the reader has captions switched on. */
  captions?: ReactNode
  /** Called twice a second with the instant that is shown, in ms since 1970. Null means now. */
  onInstant?: (instant: number | null) => void
  best?: Quality
  /** Shown while there is nothing to play, live or from the recording. */
  children: ReactNode
}) {
  const { t, word, nameOf } = useReader()
  const root = useRef<HTMLDivElement>(null)
  const [volume, setVolume] = useState(() => Number(localStorage.getItem('hub.volume') ?? 1))
  const [muted, setMuted] = useState(false)
  const [showsCaptions, setShowsCaptions] = useState(true)
  const ended = lecture.stage === 'ended'
  const stage = useStage(lecture.session, !!lecture.recording && !!lecture.recordedFrom, ended, muted ? 0 : volume, best)
  const { live, shown, replay } = stage
  useTold(root, stage, onInstant)

  const who = (person: string, publication: number) => {
    const known =
      lecture.onAir.find((air) => air.stream === String(publication))?.name ??
      stage.names.get(publication) ??
      [...lecture.onAir, ...lecture.crew].find((p) => p.person === person)?.name
    return known
      ? nameOf(known)
      : (speakerNames({ ...lecture, speakers: lecture.speakers.filter((s) => s.person === person) }, nameOf)[0] ?? person)
  }
  const seekBy = (by: number) => stage.range && stage.seek((replay?.instant() ?? stage.range[1]) + by)
  const fullScreen = () => void (document.fullscreenElement ? document.exitFullscreen() : root.current?.requestFullscreen())
  const ownWindow = () => void (document.pictureInPictureElement ? leavePicture() : showPicture(mainPicture(shown)))
  const changeVolume = (next: number) => {
    const kept = Math.min(1, Math.max(0, next))
    localStorage.setItem('hub.volume', String(kept))
    setVolume(kept)
    setMuted(false)
  }
  const keys: Record<string, () => void> = {
    ' ': () => replay?.pause(!replay.isPaused),
    k: () => replay?.pause(!replay.isPaused),
    m: () => setMuted(!muted),
    f: fullScreen,
    p: ownWindow,
    c: () => setShowsCaptions(!showsCaptions),
    l: stage.toLive,
    ArrowLeft: () => seekBy(-step),
    ArrowRight: () => seekBy(step),
    ArrowUp: () => changeVolume(volume + 0.1),
    ArrowDown: () => changeVolume(volume - 0.1),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Sliders and buttons have their own keys.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return
    event.preventDefault()
    keys[event.key]!()
  }

  if (!support.playback())
    return (
      <div className={classes.stage}>
        <div className={classes.picture}>
          <div className={classes.waiting} role="alert">
            {word('findings', 'media.no-playback')}
          </div>
        </div>
      </div>
    )
  const fault = replay ? replay.code : live.code
  return (
    <div
      ref={root}
      className={classes.stage}
      role="group"
      aria-label={t('media.player')}
      aria-keyshortcuts="Space K M F P C L"
      tabIndex={0}
      onKeyDown={onKeyDown}
      data-media={replay ? 'replay' : ended ? 'ended' : live.link}
      data-shown={shown.length}
      data-quality={live.quality}
    >
      <div className={classes.picture}>
        {shown.length > 0 ? <Pictures shown={shown} nameOf={who} /> : <div className={classes.waiting}>{children}</div>}
        {captions && showsCaptions && (
          <div className={classes.captions} data-above={shown.length > 0 || undefined}>
            {captions}
          </div>
        )}
        <div className={classes.notice}>
          {live.link === 'offline' && !replay && !ended && <span role="status">{t('media.reconnecting')}</span>}
          {fault && <span role="alert">{word('findings', fault)}</span>}
          {!stage.hears && shown.length > 0 && (
            <Button size="xs" color="dark" leftSection={<IconVolume size={16} aria-hidden />} onClick={stage.resume} data-unmute>
              {t('media.hear')}
            </Button>
          )}
        </div>
      </div>
      <Controls
        stage={stage}
        ended={ended}
        volume={muted ? 0 : volume}
        setVolume={changeVolume}
        muted={muted}
        setMuted={setMuted}
        captions={captions ? showsCaptions : null}
        setCaptions={setShowsCaptions}
        fullScreen={fullScreen}
        ownWindow={ownWindow}
      />
    </div>
  )
}

/** Calls `onInstant` with the instant that is played, and writes figures for measurements into the element's data. */
function useTold(
  root: React.RefObject<HTMLDivElement | null>,
  { player, replay }: ReturnType<typeof useStage>,
  onInstant: ((instant: number | null) => void) | undefined,
) {
  const tell = useEffectEvent(() => onInstant?.(replay ? replay.instant() : null))
  useEffect(() => {
    tell()
    const timer = setInterval(() => {
      tell()
      const data = root.current?.dataset
      if (!data) return
      data['level'] = ((replay ?? player)?.level ?? 0).toFixed(4)
      data['drawn'] = String((replay ?? player)?.drawn() ?? 0)
      data['latency'] = player?.latency()?.toFixed(0) ?? ''
      data['instant'] = replay?.instant().toFixed(0) ?? ''
    }, sayEvery)
    return () => clearInterval(timer)
  }, [root, player, replay])
}
