import { Group, Select } from '@mantine/core'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { field, Period } from './Period'
import type { Question } from './question'
import { useNaming } from './useNaming'

interface Props {
  readonly question: Question
  readonly today: string
  readonly names: NetworkNames
  readonly show: (change: Readonly<Record<string, string | null>>) => void
}

/** The period and the filters. They are in the address, so that Back and links work. */
export function Filters({ question, today, names, show }: Props) {
  const { t } = useReader()
  const naming = useNaming(names)
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
      <Period label={t('scorecard.preset')} days={question} today={today} show={show} />
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
