import { ActionIcon, Group, Input, Popover, Text, TextInput } from '@mantine/core'
import { DatePicker } from '@mantine/dates'
import '@mantine/dates/styles.css'
import { IconCalendar } from '@tabler/icons-react'
import 'dayjs/locale/ar'
import 'dayjs/locale/en-gb'
import 'dayjs/locale/ko'
import { type KeyboardEvent, useId, useState } from 'react'
import { useReader } from '../i18n'
import { readDate, readTime, stepDate, stepTime, writtenDate } from './entry'
import { longDate } from './format'

interface Props {
  readonly label: string
  /** Says in which time zone the date and time are. */
  readonly description: string
  /**
   * The local date and time, such as `2026-11-24T09:00`. Empty if there is no date and time, or if the typed text is not a date and a time.
   */
  readonly value: string
  readonly onChange: (value: string) => void
  /** An arrow key moves the time to the next or previous multiple of this many minutes. */
  readonly step: number
  readonly required?: boolean
  readonly focused?: boolean
  /** Why the hub did not accept the date and time. */
  readonly error?: string | undefined
}

const calendars = { en: 'en-gb', ar: 'ar', ko: 'ko' } as const

/**
 * A date and a time that a person types, in the order of the reader's language and not of the browser's. In English, `24/11`, `24.11.2026`
 * and `930` are understood. Arrow keys change the value step by step, people with a pointer can use a calendar, and the day is shown in
 * words. A form with text that is not a date or a time is not sent.
 */
export function DateTimeField({ label, description, value, onChange, step, required, focused, error }: Props) {
  const { t, language, locale } = useReader()
  const id = useId()
  const [typed, setTyped] = useState<{ date: string; time: string }>()
  const [left, setLeft] = useState({ date: false, time: false })
  const [opened, setOpened] = useState(false)
  const [told, setTold] = useState(value)
  const [before, setBefore] = useState(value)
  const [date = '', time = ''] = value.split('T')
  const shown = typed ?? { date: date && writtenDate(date, locale), time }
  const [last, keep] = useState(date || (() => new Date().toISOString().slice(0, 10)))
  if (date && date !== last) keep(date)
  const near = date || last
  const none = !shown.date.trim() && !shown.time.trim()
  const read = { date: readDate(shown.date, locale, near), time: readTime(shown.time) }
  const wrong = { date: !read.date && !(none && !required), time: !read.time && !(none && !required) }
  // A value from outside, such as an end that follows its start, replaces the typed text.
  if (value !== before) {
    setBefore(value)
    setTold(value)
    if (value !== told) setTyped(undefined)
  }
  const tell = (next: string) => (setTold(next), onChange(next))
  const type = (next: { date: string; time: string }) => {
    setTyped(next)
    const [d, h] = [readDate(next.date, locale, near), readTime(next.time)]
    tell(d && h ? `${d}T${h}` : '')
  }
  const put = (d: string, h: string) => (setTyped(undefined), tell(`${d}T${h}`))
  const leave = (part: 'date' | 'time') => {
    setLeft((now) => ({ ...now, [part]: true }))
    // When the typed text can be understood, it is shown in the usual form of the language.
    if (typed)
      setTyped(
        read.date && read.time
          ? undefined
          : { date: read.date ? writtenDate(read.date, locale) : typed.date, time: read.time ?? typed.time },
      )
  }
  const stepping = (part: 'date' | 'time') => (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : undefined
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const [d, h] = [read.date ?? near, read.time ?? '09:00']
    if (part === 'date') put(read.date ? stepDate(d, by) : d, h)
    else put(d, read.time ? stepTime(h, step, by) : h)
  }
  /** Says what is wrong with a part, so that the person knows what to do: the part is empty, or it cannot be read. */
  const fault = (name: 'date' | 'time') => {
    if (!wrong[name]) return ''
    if (!shown[name].trim()) return t(name === 'date' ? 'shell.noDate' : 'shell.noTime')
    return name === 'date' ? t('shell.notADate', { example: writtenDate(near, locale) }) : t('shell.notATime', { example: '09:30' })
  }
  const part = (name: 'date' | 'time') => ({
    name,
    value: shown[name],
    required,
    autoComplete: 'off',
    withAsterisk: false,
    // The placeholder is not an example, because an example would look like typed text.
    placeholder: t(name === 'date' ? 'shell.datePattern' : 'shell.timePattern'),
    'aria-label': `${label} (${t(name === 'date' ? 'shell.date' : 'shell.time')})`,
    'aria-describedby': `${id}-zone ${id}-day${error ? ` ${id}-error` : ''}`,
    error: left[name] && fault(name),
    styles: { input: { '--input-color': 'var(--mantine-color-text)' }, error: { color: 'var(--hub-warning)' } },
    ref: (input: HTMLInputElement | null) => input?.setCustomValidity(fault(name)),
    onChange: (event: { currentTarget: HTMLInputElement }) => type({ ...shown, [name]: event.currentTarget.value }),
    onFocus: (event: { currentTarget: HTMLInputElement }) => event.currentTarget.select(),
    onBlur: () => leave(name),
    onInvalid: () => setLeft((now) => ({ ...now, [name]: true })),
    onKeyDown: stepping(name),
  })
  return (
    <div role="group" aria-labelledby={`${id}-label`} data-when={value}>
      <Input.Label component="div" id={`${id}-label`} required={required}>
        {label}
      </Input.Label>
      <Input.Description id={`${id}-zone`} mb={4}>
        {description}
      </Input.Description>
      <Group gap={6} wrap="nowrap" align="start">
        <Popover opened={opened} onChange={setOpened} trapFocus returnFocus position="bottom-start" shadow="md">
          <TextInput
            {...part('date')}
            flex="1 1 9.5rem"
            miw={0}
            inputMode="text"
            data-autofocus={focused || undefined}
            rightSectionWidth={44}
            rightSection={
              <Popover.Target>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={t('shell.calendar')}
                  aria-describedby={`${id}-label`}
                  onClick={() => setOpened((now) => !now)}
                >
                  <IconCalendar size={18} aria-hidden />
                </ActionIcon>
              </Popover.Target>
            }
          />
          <Popover.Dropdown>
            <DatePicker
              locale={calendars[language]}
              value={read.date}
              defaultDate={near}
              maxLevel="month"
              size="sm"
              weekendDays={[]}
              hideOutsideDates
              styles={{ weekday: { color: 'var(--hub-dimmed)' } }}
              __stopPropagation
              ariaLabels={{ previousMonth: t('shell.previousMonth'), nextMonth: t('shell.nextMonth') }}
              onChange={(day) => day && (put(day, read.time ?? '09:00'), setOpened(false))}
            />
          </Popover.Dropdown>
        </Popover>
        <TextInput {...part('time')} flex="0 0 5.5rem" inputMode="numeric" />
      </Group>
      <Text id={`${id}-day`} size="xs" c="dimmed" mt={2} mih="1.5em">
        {read.date ? longDate(`${read.date}T12:00Z`, 'UTC', locale) : ''}
      </Text>
      {error && (
        <Text id={`${id}-error`} size="xs" role="alert" c="var(--hub-warning)">
          {error}
        </Text>
      )}
    </div>
  )
}
