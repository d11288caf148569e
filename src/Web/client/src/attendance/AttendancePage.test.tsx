// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { drawing, sees, somebody } from '../screen.testing'
import { ViewerContext } from '../viewer/useViewer'
import AttendancePage from './AttendancePage'

const { answers, draw } = drawing()
const tab = (text: string) => [...document.querySelectorAll<HTMLElement>('[role=tab]')].find((t) => t.textContent === text)!
const live = () => document.querySelector<HTMLInputElement>('[data-policies] input[type=checkbox]')
const descriptions = () => [...document.querySelectorAll('[data-policies] .mantine-TextInput-description')]
const unitHints = () => descriptions().map((d) => d.textContent!.replace(/[\u2066-\u2069]/g, ''))
const rule = {
  id: 'dha',
  name: { en: 'DHA' },
  unit: { en: 'point' },
  perHour: 1,
  minimumShare: 0.8,
  minimumMinutes: 15,
  live: true,
  recorded: false,
  inPerson: true,
  step: 0.25,
  rounding: 'down',
  afterFeedback: false,
  off: false,
}

it('keeps changed rules while another tab is open, and explains how to write units in each language', async () => {
  answers['/api/networks/ehs/credit-policies'] = { version: 7, policies: [rule] }
  draw(
    '/',
    <ViewerContext.Provider value={somebody('coordinator')}>
      <AttendancePage />
    </ViewerContext.Provider>,
  )
  await sees(() => expect(tab('Credit rules')).toBeTruthy())
  tab('Credit rules').click()
  await sees(() => expect(live()?.checked).toBe(true))
  expect(unitHints().slice(1)).toEqual([
    expect.stringContaining('one:point||other:points'),
    expect.stringContaining('few:نقاط||other:نقطة'),
    'One word for all numbers, such as 점',
  ])
  live()!.click()
  await sees(() => expect(live()!.checked).toBe(false))
  tab('Certificates').click()
  await sees(() => expect(tab('Certificates').getAttribute('aria-selected')).toBe('true'))
  tab('Credit rules').click()
  await sees(() => expect(tab('Credit rules').getAttribute('aria-selected')).toBe('true'))
  expect(live()?.checked).toBe(false)
})

it('shows the rule and the source of a body, and warns of rules that nobody has verified', async () => {
  answers['/api/networks/ehs/credit-policies'] = { version: 7, policies: [{ ...rule, id: 'kma', off: true }] }
  answers['/api/networks/ehs/credit-policies/templates'] = [
    {
      id: 'kma',
      rows: [],
      name: { en: 'KMA' },
      rule: { en: '8 points in each calendar year.' },
      source: 'a newspaper',
      verified: false,
      notInSource: ['perHour'],
      policy: { ...rule, id: 'kma', off: true },
    },
  ]
  draw(
    '/',
    <ViewerContext.Provider value={somebody('coordinator')}>
      <AttendancePage />
    </ViewerContext.Provider>,
  )
  await sees(() => expect(tab('Credit rules')).toBeTruthy())
  tab('Credit rules').click()
  const about = () => document.querySelector('[data-template=kma]')?.textContent?.replace(/[\u2066-\u2069]/g, '')
  await sees(() => expect(about()).toContain('8 points in each calendar year.'))
  expect(about()).toContain('a newspaper')
  expect(about()).toContain('not verified')
  // The only body is in use already, so there is nothing to begin with.
  expect(document.querySelector('[data-templates]')).toBeNull()
})
