import { useReader } from '../i18n'
import { datedDay } from '../time/format'

/** Writes days of the calendar, such as the first day of a cohort. */
export function useDates() {
  const { locale } = useReader()
  const date = (day: string) => datedDay(`${day}T12:00:00Z`, 'UTC', locale)
  return { date, period: (from: string, to: string) => `${date(from)} – ${date(to)}` }
}
