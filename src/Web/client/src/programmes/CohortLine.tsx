import { Text } from '@mantine/core'
import { useReader } from '../i18n'
import { clock, datedDay, localOf } from '../time/format'
import { useDates } from './useDates'
import { type CohortSummary, type Programme, takesApplications } from './wire'

interface Props {
  readonly programme: Programme
  readonly summary: CohortSummary
  readonly zone: string
  readonly now: number
}

/**
 * A cohort in one line: when it is, how many places are free, and until when people can apply. Nobody is offered a place once it has begun,
 * so then it is of no use that places are free or that people wait.
 */
export function CohortLine({ programme, summary: { cohort, taken, waiting }, zone, now }: Props) {
  const { t, nameOf, locale } = useReader()
  const { period } = useDates()
  const today = localOf(now, zone).slice(0, 10)
  const free = cohort.places - taken
  const state =
    cohort.to < today
      ? t('programmes.over')
      : cohort.from <= today
        ? t('programmes.began')
        : [
            t('programmes.places', { free, places: cohort.places }),
            ...(waiting > 0 ? [t('programmes.waiting', { count: waiting })] : []),
            takesApplications(programme, cohort.applyBy, now)
              ? t('programmes.applyBy', { when: `${datedDay(cohort.applyBy, zone, locale)}, ${clock(cohort.applyBy, zone, locale)}` })
              : t('programmes.closed'),
          ].join(' · ')
  return (
    <Text size="sm">
      <bdi>{nameOf(cohort.name)}</bdi>
      {` · ${period(cohort.from, cohort.to)} · ${state}`}
    </Text>
  )
}
