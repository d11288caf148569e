import { Group, Text } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { useReader } from '../../i18n'
import { clock, minute } from '../../time/format'
import { useNow } from '../../time/useNow'
import { endsAt, type Lecture } from '../lecture'

/** Shows when the lecture should end and, after its start, how much time is left or how long ago the lecture should have ended. */
export function TimeLeft({ lecture }: { lecture: Lecture }) {
  const { t, locale } = useReader()
  const now = useNow(5_000)
  const end = endsAt(lecture)
  if (end === null || lecture.stage === 'ended') return null
  const left = Math.ceil((end - now) / minute)
  const until = t('lecture.endsAt', { time: clock(end, lecture.timeZone, locale) })
  const begun = lecture.stage !== 'greenRoom'
  return (
    <Group gap={4} role="timer" data-time-left={left} c={begun && left <= 5 ? 'var(--hub-warning)' : undefined}>
      <IconClock size={16} aria-hidden />
      <Text size="sm" fw={600}>
        {begun && t(left < 0 ? 'lecture.timeOver' : 'lecture.timeLeft', { count: Math.abs(left) })}
      </Text>
      <Text size="sm">{until}</Text>
    </Group>
  )
}
