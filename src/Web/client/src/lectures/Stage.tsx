import { Badge, Group, Stack, Text } from '@mantine/core'
import { IconBroadcast, IconCoffee, IconHourglass, IconPlayerStop } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { useReader } from '../i18n'
import { clock, longDate, relative, zoneCity } from '../time/format'
import { useNow } from '../time/useNow'
import { type Lecture, speakerNames } from './lecture'
import type { Quality } from './media/playing/ViewerLink'
import { RecordingMark } from './Recording'
import classes from './Room.module.css'

const MediaStage = lazy(() => import('./media/playing/Stage').then((module) => ({ default: module.MediaStage })))

const icons = { greenRoom: IconHourglass, live: IconBroadcast, break: IconCoffee, ended: IconPlayerStop }

/** The stage's state as a word and an icon, and whether the lecture is recorded. */
export function StageBadge({ lecture }: { lecture: Lecture }) {
  const { word } = useReader()
  const Icon = icons[lecture.stage]
  return (
    <Group gap={6}>
      <Badge
        variant={lecture.stage === 'live' ? 'filled' : 'outline'}
        color={lecture.stage === 'live' ? 'red.9' : 'gray'}
        tt="none"
        leftSection={<Icon size={12} aria-hidden />}
        styles={lecture.stage === 'live' ? undefined : { root: { color: 'inherit' } }}
        data-stage={lecture.stage}
      >
        {word('stages', lecture.stage)}
      </Badge>
      <RecordingMark lecture={lecture} />
    </Group>
  )
}

/**
 * The place of the picture. It shows the facts of the lecture while there is no picture. The page appears first; media are loaded when they
 * are needed.
 */
export function Stage({
  lecture,
  captions,
  onInstant,
  best,
}: {
  lecture: Lecture
  captions?: ReactNode
  onInstant?: (instant: number | null) => void
  /** The automatic choice of quality is never better than this. */
  best?: Quality
}) {
  const waiting = <WaitingCard lecture={lecture} />
  return (
    <Suspense fallback={<div className={classes.screen}>{waiting}</div>}>
      <MediaStage lecture={lecture} captions={captions} onInstant={onInstant} best={best}>
        {waiting}
      </MediaStage>
    </Suspense>
  )
}

export function WaitingCard({ lecture }: { lecture: Lecture }) {
  const { t, nameOf, locale } = useReader()
  const now = useNow(15_000)
  const Icon = icons[lecture.stage]
  const { scheduledStart: start, timeZone: zone, stage } = lecture
  const says = { greenRoom: t('lecture.waiting'), live: t('lecture.liveSoon'), break: t('lecture.onBreak'), ended: t('lecture.over') }
  return (
    <Stack gap="xs" align="center" role="status">
      <Icon size={40} stroke={1.2} aria-hidden />
      {lecture.speakers.length > 0 && <Text>{t('lecture.with', { who: speakerNames(lecture, nameOf).join(', ') })}</Text>}
      {stage === 'greenRoom' && start && (
        <Text size="sm">
          {longDate(start, zone, locale)} · {clock(start, zone, locale)} · {zoneCity(zone, locale)}
          {Date.parse(start) > now && ` · ${relative(start, now, locale, zone)}`}
        </Text>
      )}
      {stage === 'live' && lecture.onAir.length > 0 && (
        <Text size="sm">{t('lecture.onAir', { who: lecture.onAir.map((s) => nameOf(s.name)).join(', ') })}</Text>
      )}
      <Text>{says[stage]}</Text>
    </Stack>
  )
}
