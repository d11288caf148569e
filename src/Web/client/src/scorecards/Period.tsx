import { Select, TextInput } from '@mantine/core'
import { useReader } from '../i18n'
import { daysOf, type Preset, presetOf, presets, type Question } from './question'

/** How wide each field of a filter is. */
export const field = { flex: '1 1 9.5rem', maw: { base: '100%', xs: 280 } } as const

interface Props {
  /** The name of the choice of a period. */
  readonly label: string
  readonly days: Pick<Question, 'from' | 'to'>
  readonly today: string
  readonly show: (change: Readonly<Record<string, string | null>>) => void
}

/** The fields of a period: usual periods, and the first and last day. */
export function Period({ label, days, today, show }: Props) {
  const { t, word } = useReader()
  return (
    <>
      <Select
        {...field}
        label={label}
        placeholder={t('scorecard.ownDays')}
        data={presets.map((preset) => ({ value: preset, label: word('periods', preset) }))}
        value={presetOf(days, today)}
        onChange={(preset) => preset && show(daysOf(preset as Preset, today))}
      />
      {(['from', 'to'] as const).map((name) => (
        <TextInput
          key={name}
          {...field}
          type="date"
          name={name}
          label={t(`scorecard.${name}`)}
          value={days[name]}
          onChange={(e) => e.currentTarget.value && show({ [name]: e.currentTarget.value })}
        />
      ))}
    </>
  )
}
