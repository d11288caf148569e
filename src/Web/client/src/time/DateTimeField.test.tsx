// @vitest-environment happy-dom
import { useState } from 'react'
import { expect, it } from 'vitest'
import { type Language, languages, locale } from '../i18n/language'
import { drawing, sees } from '../screen.testing'
import { DateTimeField } from './DateTimeField'
import { readDate, readTime } from './entry'

const { draw } = drawing()

function Form() {
  const [value, setValue] = useState('')
  return <DateTimeField label="Start" description="Dubai time" required step={15} value={value} onChange={setValue} />
}

const field = (name: 'date' | 'time') => document.querySelector<HTMLInputElement>(`input[name=${name}]`)!
const shown = () => document.body.textContent

it.each(languages)('shows a pattern in %s in an empty field, and the pattern cannot be read as a date or a time', async (language) => {
  draw('/', <Form />, language)
  await sees(() => expect(field('date')).not.toBeNull())
  expect(readDate(field('date').placeholder, locale[language], '2026-11-24')).toBeNull()
  expect(readTime(field('time').placeholder)).toBeNull()
  expect(`${field('date').placeholder}${field('time').placeholder}`).not.toMatch(/\d/)
})

it.each<[Language, string, string]>([
  ['en', 'The date is missing', 'The time is missing'],
  ['ar', 'ينقص التاريخ', 'ينقص الوقت'],
  ['ko', '날짜가 비어 있습니다', '시각이 비어 있습니다'],
])('says in %s that a required date and time are missing', async (language, date, time) => {
  draw('/', <Form />, language)
  await sees(() => expect(field('date').validationMessage).toBe(date))
  expect(field('time').validationMessage).toBe(time)
  field('date').dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
  await sees(() => expect(shown()).toContain(date))
})

it('says how to write a date when the typed text is not a date', async () => {
  draw('/', <Form />)
  await sees(() => expect(field('date')).not.toBeNull())
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field('date'), 'soon')
  field('date').dispatchEvent(new Event('input', { bubbles: true }))
  await sees(() => expect(field('date').validationMessage).toContain('A date such as'))
  expect(field('time').validationMessage).toBe('The time is missing')
})
