import { Alert, Badge, Button, Group, Select, Stack, Text } from '@mantine/core'
import {
  IconBroadcast,
  IconCamera,
  IconMicrophone,
  IconMicrophoneOff,
  IconPlayerStop,
  IconScreenShare,
  IconScreenShareOff,
  IconWifi,
  IconWifi1,
  IconWifiOff,
} from '@tabler/icons-react'
import { type CSSProperties, useEffect, useRef, useState } from 'react'
import { useReader } from '../../../i18n'
import { type Lecture, pageOf } from '../../lecture'
import { Agreement } from '../../Recording'
import classes from '../Stage.module.css'
import { support } from '../support'
import type { SpeakerStudio } from './SpeakerStudio'
import type { LineHealth } from './Uplink'
import { useStudio } from './useStudio'

/** The place where a speaker goes on air. It shows their picture, the devices in use, the loudness and the state of the line. */
export function Studio({ lecture }: { lecture: Lecture }) {
  const { t, word } = useReader()
  const studio = useStudio(lecture.session, lecture.title, pageOf(lecture.conference, lecture.session, 'backstage'))
  if (!support.capture())
    return (
      <Alert color="yellow" variant="light">
        {word('findings', 'media.no-capture')}
      </Alert>
    )
  return studio ? (
    <Open studio={studio} lecture={lecture} />
  ) : (
    <Text size="sm" role="status">
      {t('media.onAirElsewhere')}
    </Text>
  )
}

function Open({ studio, lecture }: { studio: SpeakerStudio; lecture: Lecture }) {
  const { t, word } = useReader()
  const { camera, screen, microphone, devices, state, fault, health } = studio
  const onAir = state !== 'off'
  const names = (list: readonly MediaDeviceInfo[], label: string) =>
    list.filter((d) => d.deviceId).map((d, i) => ({ value: d.deviceId, label: d.label || `${label} ${i + 1}` }))
  const idOf = (stream: MediaStream | null) => stream?.getTracks()[0]?.getSettings().deviceId ?? null
  return (
    <div className={classes.studio} data-studio={state}>
      <Agreement lecture={lecture} />
      <div className={classes.preview}>
        {screen && <Preview stream={screen} label={t('media.yourScreen')} />}
        {camera ? (
          <Preview stream={camera} label={t('media.yourCamera')} mirrored inset={!!screen} />
        ) : (
          !screen && <Text>{t('media.noPicture')}</Text>
        )}
      </div>
      {screen && (
        <Text size="sm" c="dimmed" data-screen-sound={screen.getAudioTracks().length > 0}>
          {t(screen.getAudioTracks().length > 0 ? 'media.screenHeard' : 'media.screenSilent')}
        </Text>
      )}
      {fault && (
        <Alert color="red" variant="light" role="alert" data-fault={fault}>
          {word('findings', fault)}
        </Alert>
      )}
      {microphone && <Meter stream={microphone} muted={studio.muted} label={t('media.level')} />}
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCamera size={16} aria-hidden />}
          onClick={() => void studio.chooseCamera(camera ? null : '')}
          data-camera={!!camera}
        >
          {t(camera ? 'media.cameraOff' : 'media.cameraOn')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconMicrophone size={16} aria-hidden />}
          onClick={() => void studio.chooseMicrophone(microphone ? null : '')}
          data-microphone={!!microphone}
        >
          {t(microphone ? 'media.microphoneOff' : 'media.microphoneOn')}
        </Button>
        {microphone && (
          <Button
            size="xs"
            variant={studio.muted ? 'filled' : 'default'}
            color="dark"
            aria-pressed={studio.muted}
            leftSection={<IconMicrophoneOff size={16} aria-hidden />}
            onClick={() => studio.mute(!studio.muted)}
          >
            {t(studio.muted ? 'media.speak' : 'media.silence')}
          </Button>
        )}
        {support.screen() && (
          <Button
            size="xs"
            variant="default"
            leftSection={screen ? <IconScreenShareOff size={16} aria-hidden /> : <IconScreenShare size={16} aria-hidden />}
            onClick={() => void studio.showScreen(!screen)}
            data-screen={!!screen}
          >
            {t(screen ? 'media.screenOff' : 'media.screenOn')}
          </Button>
        )}
      </Group>
      <Group grow>
        {devices.cameras.length > 1 && camera && (
          <Select
            size="xs"
            label={t('media.camera')}
            data={names(devices.cameras, t('media.camera'))}
            value={idOf(camera)}
            onChange={(id) => id && void studio.chooseCamera(id)}
            allowDeselect={false}
          />
        )}
        {devices.microphones.length > 1 && microphone && (
          <Select
            size="xs"
            label={t('media.microphone')}
            data={names(devices.microphones, t('media.microphone'))}
            value={idOf(microphone)}
            onChange={(id) => id && void studio.chooseMicrophone(id)}
            allowDeselect={false}
          />
        )}
      </Group>
      <Group justify="space-between">
        {onAir ? (
          <Button color="red.9" leftSection={<IconPlayerStop size={18} aria-hidden />} onClick={() => studio.goOffAir()} data-off-air>
            {t('media.goOffAir')}
          </Button>
        ) : (
          <Button
            color="red.9"
            leftSection={<IconBroadcast size={18} aria-hidden />}
            disabled={!camera && !microphone && !screen}
            onClick={() => void studio.goOnAir()}
            data-on-air
          >
            {t('media.goOnAir')}
          </Button>
        )}
        <Group gap="xs" role="status">
          {onAir && (
            <Badge color={state === 'onAir' ? 'red.9' : 'gray.7'} tt="none">
              {t(`media.state_${state}`)}
            </Badge>
          )}
          {state === 'onAir' && health && <Health health={health} />}
        </Group>
      </Group>
    </div>
  )
}

function Preview({ stream, label, mirrored, inset }: { stream: MediaStream; label: string; mirrored?: boolean; inset?: boolean }) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current) video.current.srcObject = stream
  }, [stream])
  return (
    <video
      ref={video}
      autoPlay
      muted
      playsInline
      aria-label={label}
      data-mirrored={mirrored || undefined}
      data-inset={inset || undefined}
    />
  )
}

/** Shows how loud the microphone is, also before the speaker goes on air. */
function Meter({ stream, muted, label }: { stream: MediaStream; muted: boolean; label: string }) {
  const [level, setLevel] = useState(0)
  useEffect(() => {
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    analyser.fftSize = 1024
    context.createMediaStreamSource(stream).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      setLevel(Math.sqrt(samples.reduce((sum, s) => sum + s * s, 0) / samples.length))
    }, 100)
    return () => {
      clearInterval(timer)
      void context.close()
    }
  }, [stream])
  // The scale is logarithmic, like hearing. It goes from −60 dB to 0 dB.
  const shown = muted || level === 0 ? 0 : Math.min(1, Math.max(0, 1 + Math.log10(level) / 3))
  return (
    <div
      className={classes.meter}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(shown * 100)}
      data-loud={shown > 0.95 || undefined}
      style={{ '--level': shown } as CSSProperties}
    >
      <span />
    </div>
  )
}

function Health({ health }: { health: LineHealth }) {
  const { t, locale } = useReader()
  const Icon = { good: IconWifi, weak: IconWifi1, poor: IconWifiOff }[health.state]
  const number = (value: number, digits = 0) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)
  return (
    <Stack gap={0} align="end" data-health={health.state}>
      <Group gap={4}>
        <Icon size={16} aria-hidden />
        <Text size="sm">{t(`media.line_${health.state}`)}</Text>
      </Group>
      <Text size="xs" c="dimmed">
        {t('media.line', { rate: number(health.bitrate / 1e6, 1), trip: number(health.roundTrip) })}
      </Text>
    </Stack>
  )
}
