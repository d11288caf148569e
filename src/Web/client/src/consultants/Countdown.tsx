import { Text } from '@mantine/core'
import { IconAlertTriangle, IconHourglass } from '@tabler/icons-react'
import { useReader } from '../i18n'
import { clock, minute } from '../time/format'
import { countdown } from './answers'
import classes from './ConsultantPage.module.css'

/**
 * The time left to answer, in words and as a line that becomes shorter. It turns into a warning in the last ten minutes or in the last
 * fifth of the time, whichever is shorter.
 */
export function Countdown({ from, until, now }: { from: string; until: string; now: number }) {
  const { t, locale } = useReader()
  const [left, whole] = [Date.parse(until) - now, Math.max(1, Date.parse(until) - Date.parse(from))]
  const near = left < Math.min(10 * minute, whole / 5)
  const Icon = near ? IconAlertTriangle : IconHourglass
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <div className={classes.countdown} data-near={near || undefined}>
      <Text role="timer" fw={600} className={classes.line} title={clock(until, own, locale)}>
        <Icon size={18} aria-hidden />
        {left <= 0 ? t('shell.tooLate') : t('shell.answerUntil', { left: countdown(left, locale) })}
      </Text>
      <div className={classes.rest} aria-hidden>
        <div style={{ inlineSize: `${Math.max(0, Math.min(100, (100 * left) / whole))}%` }} />
      </div>
    </div>
  )
}
