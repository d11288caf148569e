// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import type { ImportReport } from '../api/schema'
import { App } from '../App'
import type { Language } from '../i18n/language'
import { drawing, sees, somebody } from '../screen.testing'

vi.mock('../live/useTopic', () => ({
  useTopicNow: () => ({ picture: { items: new Map(), position: null, at: null }, refused: null }),
  useTopic: () => ({ picture: { items: new Map(), position: null, at: null }, refused: null }),
  useConnection: () => ({ state: 'live', since: 0 }),
}))

const { answers, draw, click } = drawing()
const report: ImportReport = {
  conferenceId: 'c',
  title: 'Congress',
  timeZone: 'Asia/Dubai',
  sessions: 3,
  rooms: 1,
  speakers: 2,
  warnings: [],
  added: 0,
  updated: 1,
  removed: 0,
  draft: false,
  moved: 1,
  cancelled: 0,
  corrected: 0,
}
let answer: ImportReport
beforeEach(() => {
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      upload = {}
      status = 200
      responseText = JSON.stringify(answer)
      onload = () => undefined
      open() {}
      setRequestHeader() {}
      getResponseHeader = () => 'application/json'
      send() {
        setTimeout(() => this.onload())
      }
    },
  )
})

const text = () => document.querySelector('[data-report]')?.textContent?.replace(/[\u2066-\u2069]/g, '')
const address = () => document.querySelector('[data-report] a')?.getAttribute('href')

async function preview(language: Language = 'en') {
  answers['/api/session'] = somebody('coordinator')
  answers['/api/conferences'] = []
  draw('/import', <App />, language)
  await sees(() => expect(document.querySelector('main h1')).not.toBeNull())
  const drop = new Event('drop', { bubbles: true, cancelable: true })
  Object.assign(drop, { dataTransfer: { files: [new File(['{}'], 'programme.json')] } })
  document.querySelector('main h1')!.dispatchEvent(drop)
  const buttons = () => [...document.querySelectorAll<HTMLButtonElement>('main button')]
  const begins = () => buttons().find((b) => /^(Preview|معاينة)$/.test(b.textContent ?? ''))
  await sees(() => expect(begins()?.disabled).toBe(false))
  begins()!.click()
  await sees(() => expect(document.querySelector('[data-report=preview]')).not.toBeNull())
}

async function confirm() {
  click('[data-do=confirm]')
  await sees(() => expect(document.querySelector('[data-report=done]')).not.toBeNull())
}

it('says that a file in the draft notifies nobody before the draft is published', async () => {
  answer = { ...report, draft: true }
  await preview()
  expect(text()).toContain('This goes into the draft. Nobody is told before the draft is published.')
  expect(text()).not.toContain('People will be told')
  expect(address()).toBe('/conferences/c/draft')
  await confirm()
  expect(text()).toContain('This went into the draft. Nobody is told before the draft is published.')
  expect(text()).not.toContain('People will be told')
  expect(address()).toBe('/conferences/c/draft')
})

it('says what people will be notified of when a file changes the live programme', async () => {
  answer = report
  await preview()
  expect(text()).toContain('People will be told: 1 moved')
  expect(document.querySelector('[data-into]')).toBeNull()
  await confirm()
  expect(address()).toBe('/conferences/c')
})

it('mentions sessions that keep their time of day only if there are such sessions', async () => {
  answer = { ...report, timeZoneBefore: 'Asia/Seoul' }
  await preview()
  expect(text()).toContain('The time zone changes from Seoul to Dubai.')
  expect(text()).not.toContain('keep')
  answer = { ...answer, corrected: 2 }
  await confirm()
  expect(text()).toContain('2 sessions keep their time of day')
})

it('does not claim that everything is kept when there are warnings', async () => {
  answer = { ...report, warnings: [{ code: 'import.bad-url', message: '', sentence: 'import.bad-url', values: {} }] }
  await preview()
  expect(text()).toContain('1 warning. Open it to see what was changed or left out, or what looks wrong.')
})

it('isolates the parts of the summary, so that Arabic keeps their order', async () => {
  answer = report
  await preview('ar')
  const parts = [...document.querySelectorAll('[data-report] p bdi')].map((part) => part.textContent)
  expect(parts).toEqual(['دبي', '3 جلسات', 'قاعة واحدة', 'متحدثان'])
})
