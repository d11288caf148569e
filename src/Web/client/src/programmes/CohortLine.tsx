import { Text } from '@mantine/core'
import { useReader } from '../i18n'
import { clock, datedDay } from '../time/format'
import { useDates } from './useDates'
import { type CohortSummary, type Programme, takesApplications } from './wire'

interface Props {
  readonly programme: Programme
  readonly summary: CohortSummary
  readonly zone: string
  readonly now: number
}

/** A cohort in one line: when it is, how many places are free, and until when people can apply. */
export function CohortLine({ programme, summary: { cohort, taken, waiting }, zone, now }: Props) {
  const { t, nameOf, locale } = useReader()
  const { period } = useDates()
  const free = cohort.places - taken
  return (
    <Text size="sm">
      <bdi>{nameOf(cohort.name)}</bdi>
      {` · ${period(cohort.from, cohort.to)} · `}
      {t('programmes.places', { free, places: cohort.places })}
      {waiting > 0 && ` · ${t('programmes.waiting', { count: waiting })}`}
      {' · '}
      {takesApplications(programme, cohort.applyBy, now)
        ? t('programmes.applyBy', { when: `${datedDay(cohort.applyBy, zone, locale)}, ${clock(cohort.applyBy, zone, locale)}` })
        : t('programmes.closed')}
    </Text>
  )
}
