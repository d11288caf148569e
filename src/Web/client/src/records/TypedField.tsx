import { TextInput, type TextInputProps } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useReader } from '../i18n'
import { readDate, readTime, stepDate, stepTime, writtenDate } from '../time/entry'
import { longDate } from '../time/format'

interface Props extends Omit<TextInputProps, 'value' | 'onChange'> {
  readonly kind: 'date' | 'time'
  /** A date such as `2026-11-28`, or a time such as `08:00`. Empty if there is none. */
  readonly value: string
  readonly onChange: (value: string | undefined) => void
}

/** A date or a time that a person types as people do in their language. Arrow keys change it step by step. */
export function TypedField({ kind, value, onChange, error, ...rest }: Props) {
  const { t, locale } = useReader()
  const [typed, setTyped] = useState<string>()
  const [left, setLeft] = useState(false)
  const [today] = useState(() => new Date().toISOString().slice(0, 10))
  const isDate = kind === 'date'
  const read = (text: string) => (isDate ? readDate(text, locale, value || today) : readTime(text)) ?? undefined
  const write = (known: string) => (isDate ? writtenDate(known, locale) : known)
  const shown = typed ?? (value && write(value))
  const wrong = shown.trim() !== '' && read(shown) === undefined
  const fault = !wrong ? '' : isDate ? t('shell.notADate', { example: write(value || today) }) : t('shell.notATime', { example: '09:30' })
  const type = (text: string) => {
    setTyped(text)
    onChange(read(text))
  }
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : undefined
    if (!by || event.altKey || event.ctrlKey || event.metaKey || rest.readOnly) return
    event.preventDefault()
    setTyped(undefined)
    onChange(!value ? (isDate ? today : '09:00') : isDate ? stepDate(value, by) : stepTime(value, 30, by))
  }
  return (
    <TextInput
      {...rest}
      placeholder={t(isDate ? 'shell.datePattern' : 'shell.timePattern')}
      autoComplete="off"
      inputMode={isDate ? 'text' : 'numeric'}
      description={rest.description ?? (isDate && value && !wrong ? longDate(`${value}T12:00Z`, 'UTC', locale) : undefined)}
      value={shown}
      error={error ?? (left && fault)}
      ref={(input) => input?.setCustomValidity(fault)}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={step}
      onInvalid={() => setLeft(true)}
      // What can be understood is shown in the usual form of the language.
      onBlur={() => (setLeft(true), !wrong && setTyped(undefined))}
    />
  )
}
