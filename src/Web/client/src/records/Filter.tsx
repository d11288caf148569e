import { Select, type SelectProps } from '@mantine/core'
import { useReader } from '../i18n'
import type { Names } from './useNames'
import { useChoices } from './useChoices'
import { useWords } from './useWords'
import type { Column, RecordTable } from './wire'

interface Props {
  readonly network: string
  readonly table: RecordTable
  readonly tables: readonly RecordTable[]
  readonly column: Column
  readonly names: Names
  readonly filters: Readonly<Record<string, string>>
  readonly onChange: (value: string | null) => void
}

/** Shows only the records with one value in a column. */
export function Filter(props: Props) {
  const { t } = useReader()
  const words = useWords(props.table.name)
  const { column } = props
  if (column.kind === 'reference') return <ReferenceFilter {...props} />
  const data =
    column.kind === 'flag'
      ? [
          { value: 'true', label: t('records.yes') },
          { value: 'false', label: t('records.no') },
        ]
      : (column.choices ?? []).map((value) => ({ value, label: words.choice(column, value) }))
  return <Choice {...props} more={{ data }} />
}

function ReferenceFilter(props: Props) {
  const { network, tables, column, names, filters } = props
  const choices = useChoices(network, column, tables, filters, names)
  const value = filters[column.name]
  return <Choice {...props} more={choices.of(value ? [value] : [])} />
}

function Choice({ table, column, filters, onChange, more }: Props & { more: SelectProps }) {
  const { t } = useReader()
  const words = useWords(table.name)
  return (
    <Select
      name={`filter.${column.name}`}
      label={words.column(column.name)}
      flex="1 1 11rem"
      maw={{ base: '100%', xs: 240 }}
      searchable
      clearable
      placeholder={t('records.any')}
      clearButtonProps={{ 'aria-label': t('records.any') }}
      nothingFoundMessage={t('shell.findNothing')}
      value={filters[column.name] ?? null}
      onChange={onChange}
      {...more}
    />
  )
}
