import { ActionIcon, Button, DirectionProvider, Menu, Slider } from '@mantine/core'
import {
  IconAdjustments,
  IconBadgeCc,
  IconCheck,
  IconMaximize,
  IconPictureInPicture,
  IconPlayerPause,
  IconPlayerPlay,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useReader } from '../../../i18n'
import classes from '../Stage.module.css'
import { support } from '../support'
import type { QualityChoice } from './LivePlayer'
import type { StageState } from './useStage'

const qualities: readonly QualityChoice[] = ['auto', 'full', 'small', 'sound']

interface Props {
  readonly stage: StageState
  readonly ended: boolean
  readonly volume: number
  readonly setVolume: (volume: number) => void
  readonly muted: boolean
  readonly setMuted: (muted: boolean) => void
  /** Whether captions are shown. Null if this stage has no place for captions. */
  readonly captions: boolean | null
  readonly setCaptions: (shown: boolean) => void
  readonly fullScreen: () => void
  readonly ownWindow: () => void
}

export function Controls({ stage, ended, volume, setVolume, muted, setMuted, captions, setCaptions, fullScreen, ownWindow }: Props) {
  const { t } = useReader()
  const { replay, range } = stage
  return (
    <div className={classes.controls}>
      {replay && (
        <Icon label={t(replay.isPaused ? 'media.play' : 'media.pause')} onClick={() => replay.pause(!replay.isPaused)}>
          {replay.isPaused ? <IconPlayerPlay size={18} /> : <IconPlayerPause size={18} />}
        </Icon>
      )}
      {!replay && ended && range && (
        <Icon label={t('media.playRecording')} data-play-recording onClick={() => stage.seek(range[0])}>
          <IconPlayerPlay size={18} />
        </Icon>
      )}
      <Icon label={t(muted ? 'media.unmute' : 'media.mute')} data-mute onClick={() => setMuted(!muted)}>
        {muted || volume === 0 ? <IconVolumeOff size={18} /> : <IconVolume size={18} />}
      </Icon>
      <Slider
        data-volume
        w={80}
        size="sm"
        min={0}
        max={1}
        step={0.05}
        value={volume}
        onChange={setVolume}
        label={null}
        thumbLabel={t('media.volume')}
      />
      {range && <Timeline stage={stage} range={range} />}
      <span data-grow={range ? undefined : true} />
      {replay && (
        <Button size="compact-sm" variant="white" onClick={stage.toLive} data-to-live>
          {t(ended ? 'media.leaveRecording' : 'media.toLive')}
        </Button>
      )}
      {captions !== null && (
        <Icon label={t(captions ? 'media.captionsOff' : 'media.captionsOn')} pressed={captions} onClick={() => setCaptions(!captions)}>
          <IconBadgeCc size={18} />
        </Icon>
      )}
      {!replay && (
        <Menu withinPortal={false} position="top-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray.3" aria-label={t('media.quality')}>
              <IconAdjustments size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {qualities.map((quality) => (
              <Menu.Item
                key={quality}
                role="menuitemradio"
                aria-checked={stage.quality === quality}
                leftSection={stage.quality === quality ? <IconCheck size={14} aria-hidden /> : <span style={{ width: 14 }} />}
                onClick={() => stage.choose(quality)}
              >
                {t(`media.quality_${quality}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {support.pictureInPicture() && (
        <Icon label={t('media.ownWindow')} onClick={ownWindow}>
          <IconPictureInPicture size={18} />
        </Icon>
      )}
      {support.fullScreen() && (
        <Icon label={t('media.fullScreen')} onClick={fullScreen}>
          <IconMaximize size={18} />
        </Icon>
      )}
    </div>
  )
}

function Icon({
  label,
  onClick,
  pressed,
  children,
  ...rest
}: {
  label: string
  onClick: () => void
  pressed?: boolean
  children: ReactNode
  'data-play-recording'?: boolean
  'data-mute'?: boolean
}) {
  return (
    <ActionIcon variant="subtle" color="gray.3" aria-label={label} title={label} aria-pressed={pressed} onClick={onClick} {...rest}>
      {children}
    </ActionIcon>
  )
}

/** A slider over the recorded time. While the reader does not watch the recording, the slider stands at its end. */
function Timeline({ stage, range: [from, to] }: { stage: StageState; range: [number, number] }) {
  const { t } = useReader()
  const [dragged, setDragged] = useState<number | null>(null)
  const [instant, setInstant] = useState(to)
  const { replay } = stage
  useEffect(() => {
    const timer = setInterval(() => setInstant(replay ? replay.instant() : to), 250)
    return () => clearInterval(timer)
  }, [replay, to])
  const shown = Math.min(Math.max(dragged ?? (replay ? instant : to), from), to)
  return (
    // Time runs from left to right in all languages, and the right arrow key goes forward.
    <DirectionProvider initialDirection="ltr" detectDirection={false}>
      <div className={classes.line}>
        <Slider
          data-grow
          data-timeline
          size="sm"
          min={0}
          max={Math.max(1, Math.round((to - from) / 1000))}
          step={1}
          value={Math.round((shown - from) / 1000)}
          label={(value) => length(value)}
          thumbLabel={t('media.timeline')}
          dir="ltr"
          onChange={(value) => setDragged(from + value * 1000)}
          onChangeEnd={(value) => (setDragged(null), stage.seek(from + value * 1000))}
        />
        <span className={classes.time} dir="ltr">
          {length((shown - from) / 1000)} / {length((to - from) / 1000)}
        </span>
      </div>
    </DirectionProvider>
  )
}

/** A length such as 1:02:03. */
export function length(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}
