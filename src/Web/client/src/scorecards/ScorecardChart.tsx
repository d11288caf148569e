import { BarChart } from '@mantine/charts'
// The legend's swatches. No other part of the client has any.
import '@mantine/core/styles/ColorSwatch.css'
import '@mantine/charts/styles.css'
import type { PartScore } from '../api/schema'
import { useReader } from '../i18n'

/** How many bars a chart of hospitals, specialties or partners has. The table beside it has all of them. */
const mostBars = 15

interface Props {
  readonly parts: readonly PartScore[]
  readonly nameOf: (id: string) => string
  /** Whether the parts are months, which stay in their order. */
  readonly inTime: boolean
}

/** The numbers of the table beside it as bars. Readers of screens read the table. */
export default function ScorecardChart({ parts, nameOf, inTime }: Props) {
  const { t } = useReader()
  const shown = inTime
    ? parts
    : [...parts].sort((a, b) => b.score.done - a.score.done || b.score.planned - a.score.planned).slice(0, mostBars)
  const data = shown.map(({ id, score }) => ({ name: nameOf(id), planned: score.planned, done: score.done }))
  return (
    <div aria-hidden dir="ltr">
      <BarChart
        h={inTime ? 280 : Math.max(160, 60 + 40 * data.length)}
        data={data}
        dataKey="name"
        orientation={inTime ? 'horizontal' : 'vertical'}
        yAxisProps={{ width: inTime ? 56 : 150 }}
        barProps={{ isAnimationActive: false }}
        // Nothing in a hidden chart may take the focus.
        barChartProps={{ accessibilityLayer: false }}
        withLegend
        series={[
          { name: 'planned', label: t('scorecard.planned'), color: 'var(--hub-line-strong)' },
          { name: 'done', label: t('scorecard.done'), color: 'var(--hub-accent)' },
        ]}
      />
    </div>
  )
}
