import { Group, Select, TextInput } from '@mantine/core'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { daysOf, type Preset, presetOf, presets, type Question } from './question'
import { useNaming } from './useNaming'

interface Props {
  readonly question: Question
  readonly today: string
  readonly names: NetworkNames
  readonly show: (change: Readonly<Record<string, string | null>>) => void
}

/** The period and the filters. They are in the address, so that Back and links work. */
export function Filters({ question, today, names, show }: Props) {
  const { t, word } = useReader()
  const naming = useNaming(names)
  const field = { flex: '1 1 9.5rem', maw: { base: '100%', xs: 260 } }
  const choice = (name: 'hospital' | 'specialty' | 'partner', data: { value: string; label: string }[]) => (
    <Select
      {...field}
      label={t(`scorecard.${name}`)}
      placeholder={t('scorecard.all')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('scorecard.all') }}
      data={data}
      value={question[name]}
      onChange={(value) => show({ [name]: value })}
    />
  )
  return (
    <Group align="end" mb="md" role="search" aria-label={t('scorecard.filters')}>
      <Select
        {...field}
        label={t('scorecard.preset')}
        placeholder={t('scorecard.ownDays')}
        data={presets.map((preset) => ({ value: preset, label: word('periods', preset) }))}
        value={presetOf(question, today)}
        onChange={(preset) => preset && show(daysOf(preset as Preset, today))}
      />
      {(['from', 'to'] as const).map((name) => (
        <TextInput
          key={name}
          {...field}
          type="date"
          name={name}
          label={t(`scorecard.${name}`)}
          value={question[name]}
          onChange={(e) => e.currentTarget.value && show({ [name]: e.currentTarget.value })}
        />
      ))}
      {choice(
        'hospital',
        names.hospitals.map(({ id }) => ({ value: id, label: names.hospitalName(id) })),
      )}
      {choice(
        'specialty',
        names.specialties.map(({ code }) => ({ value: code, label: names.specialtyName(code) })),
      )}
      {choice('partner', names.network?.partners.map(({ id }) => ({ value: id, label: naming('partners', id) })) ?? [])}
    </Group>
  )
}
