import { Checkbox, MultiSelect, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useReader } from '../i18n'
import { direction, type Language } from '../i18n/language'
import { DateTimeField } from '../time/DateTimeField'
import { instantOf, localOf, zoneCity } from '../time/format'
import { durationOf, minutesOf, stemOf } from './cells'
import { TypedField } from './TypedField'
import type { Names } from './useNames'
import { useChoices } from './useChoices'
import { useWords } from './useWords'
import type { Cell, Cells, Column, RecordTable } from './wire'

export interface FieldProps {
  readonly network: string
  readonly tables: readonly RecordTable[]
  readonly table: RecordTable
  readonly column: Column
  readonly names: Names
  readonly cells: Cells
  readonly onChange: (value: Cell | undefined) => void
  /** What is wrong with the value. */
  readonly error: string | undefined
  /** Whether the value can only be read. */
  readonly fixed: boolean
  readonly focused: boolean
}

const textsOf = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])
const textOf = (value: unknown) => (value === undefined || value === null || Array.isArray(value) ? '' : String(value))

/** From this length on, a text may need several lines. */
const longText = 200

const zones = () => Intl.supportedValuesOf('timeZone')

/** The field for one column of a record, by the column's kind. */
export function Field(props: FieldProps) {
  const { network, tables, table, column, names, cells, onChange, error, fixed, focused } = props
  const { t, locale } = useReader()
  const words = useWords(table.name)
  const value = cells[column.name]
  const required = column.required || (!!column.requiredWithout && !cells[column.requiredWithout])
  const frame = {
    name: column.name,
    label: words.column(column.name),
    description: fixed ? undefined : words.help(column.name),
    required: required && !fixed,
    error,
    errorProps: { role: 'alert' },
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
    // A value that cannot be changed can still be read and copied.
    ...(fixed && { readOnly: true, variant: 'filled', rightSection: <></> }),
    'data-autofocus': focused || undefined,
  }
  const search = {
    searchable: true,
    // A form that opens puts the focus into its first field. A list would then cover the fields below.
    openOnFocus: false,
    nothingFoundMessage: t('shell.findNothing'),
    clearButtonProps: { 'aria-label': t('records.clear') },
  }
  const one = { ...frame, ...search, value: textOf(value) || null, onChange: (next: string | null) => onChange(next ?? undefined) }
  // The browser looks only at the typed text and not at the chosen values, so the hub says that a value is missing.
  const listing = { ...frame, required: false, withAsterisk: frame.required }
  const many = { ...listing, ...search, value: textsOf(value), onChange: (next: string[]) => onChange(next) }
  const clearable = !required && !fixed

  if (column.kind === 'reference')
    return (
      <Choosing {...{ network, tables, column, names, cells }}>
        {(list) => (column.many ? <MultiSelect {...many} {...list} /> : <Select {...one} clearable={clearable} {...list} />)}
      </Choosing>
    )
  if (column.kind === 'choice') {
    const data = (column.choices ?? []).map((choice) => ({ value: choice, label: words.choice(column, choice) }))
    return column.many ? <MultiSelect {...many} data={data} /> : <Select {...one} clearable={clearable} data={data} />
  }
  if (column.many)
    return (
      <TagsInput
        {...listing}
        clearButtonProps={search.clearButtonProps}
        placeholder={t('records.addTag')}
        acceptValueOnBlur
        value={textsOf(value)}
        onChange={(next) =>
          onChange(column.kind === 'number' || column.kind === 'fraction' ? next.map(Number).filter(Number.isFinite) : next)
        }
      />
    )
  switch (column.kind) {
    case 'flag':
      return (
        <Checkbox
          name={column.name}
          label={frame.label}
          description={frame.description}
          error={error}
          disabled={fixed}
          style={{ alignSelf: 'center' }}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'number':
    case 'fraction':
    case 'duration': {
      const isDuration = column.kind === 'duration'
      return (
        <NumberInput
          {...frame}
          value={isDuration ? (minutesOf(textOf(value)) ?? '') : typeof value === 'number' ? value : ''}
          min={column.least ?? undefined}
          max={column.most ?? undefined}
          clampBehavior="none"
          decimalScale={column.kind === 'fraction' ? 6 : 0}
          suffix={isDuration ? ` ${t('records.minutes')}` : undefined}
          onChange={(next) => onChange(next === '' ? undefined : isDuration ? durationOf(Number(next)) : Number(next))}
        />
      )
    }
    case 'date':
    case 'time':
      return (
        <TypedField {...frame} kind={column.kind} value={textOf(value).slice(0, column.kind === 'time' ? 5 : 10)} onChange={onChange} />
      )
    case 'instant':
      return fixed ? (
        <TextInput {...frame} value={value ? localOf(textOf(value), names.zone).replace('T', ' ') : ''} />
      ) : (
        <DateTimeField
          step={30}
          label={frame.label}
          description={[frame.description, t('board.zoneHint', { zone: zoneCity(names.zone, locale) })].filter(Boolean).join(' ')}
          value={value ? localOf(textOf(value), names.zone) : ''}
          required={required}
          focused={focused}
          error={error}
          onChange={(local) => onChange(local ? new Date(instantOf(local, names.zone)).toISOString().replace('.000Z', 'Z') : undefined)}
        />
      )
    case 'zone': {
      const known = zones()
      const chosen = textOf(value)
      return (
        <Select
          {...one}
          clearable={clearable}
          limit={100}
          data={chosen && !known.includes(chosen) ? [chosen, ...known] : known}
          renderOption={({ option }) => <bdi dir="ltr">{option.value}</bdi>}
        />
      )
    }
    case 'id':
    case 'text': {
      const stem = stemOf(column)
      const language = stem ? (column.name.slice(stem.length + 1) as Language) : undefined
      const typed = {
        ...frame,
        maxLength: column.most ?? undefined,
        value: textOf(value),
        onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value || undefined),
        autoComplete: 'off',
        lang: language,
        dir: column.kind === 'id' ? 'ltr' : language && direction(language),
        // Other texts may be in any script. The first letter decides their direction.
        styles: column.kind === 'text' && !language ? { input: { unicodeBidi: 'plaintext' as const } } : undefined,
        spellCheck: column.kind === 'id' ? false : undefined,
      }
      return (column.most ?? 0) > longText ? <Textarea {...typed} autosize minRows={2} maxRows={8} /> : <TextInput {...typed} />
    }
  }
}

type Choices = Pick<FieldProps, 'network' | 'tables' | 'column' | 'names' | 'cells'> & {
  readonly children: (list: ReturnType<ReturnType<typeof useChoices>['of']>) => ReactNode
}

/** Asks the hub for the records that a reference may name. */
function Choosing({ network, tables, column, names, cells, children }: Choices) {
  const choices = useChoices(network, column, tables, cells, names)
  const value = cells[column.name]
  return children(choices.of(column.many ? textsOf(value) : value ? [textOf(value)] : []))
}
