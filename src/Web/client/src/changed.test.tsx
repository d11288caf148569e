// @vitest-environment happy-dom
import { useState } from 'react'
import { beforeEach, expect, it, vi } from 'vitest'
import { PolicyEditor } from './attendance/PolicyEditor'
import { MoveSessionDialog } from './conferences/MoveSessionDialog'
import { DraftSessionDialog } from './conferences/releases/DraftSessionDialog'
import type { NetworkNames } from './networks/useNetwork'
import { ChangeTimeDialog } from './rostering/ChangeTimeDialog'
import { DropDialog } from './rostering/DropDialog'
import { ReassignDialog } from './rostering/ReassignDialog'
import type { Engagement } from './rostering/roster'
import { useRosterCommand } from './rostering/useRosterCommand'
import { drawing, sees } from './screen.testing'

const { answers, draw, click } = drawing()
const sent: { url: string; body: Record<string, unknown> }[] = []
beforeEach(() => {
  sent.length = 0
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    if (init?.body) sent.push({ url, body: JSON.parse(init.body as string) as Record<string, unknown> })
    return url in answers && init?.method !== 'PUT' ? Promise.resolve(Response.json(answers[url])) : new Promise(() => undefined)
  })
})

const names = {
  zone: 'Asia/Dubai',
  hospital: () => undefined,
  hospitalName: () => 'Hospital',
  roomName: () => '',
  personName: (id: string) => id,
  consultant: () => undefined,
} as unknown as NetworkNames
const engagement = (version: number, start: string, end: string) =>
  ({
    type: 'engagement',
    id: 'e-1',
    version,
    title: 'Clinic',
    hospital: 'h',
    consultants: ['c-kim'],
    attention: [],
    status: 'confirmed',
    start,
    end,
  }) as unknown as Engagement
const [seen, moved] = [
  engagement(1, '2099-11-24T07:00:00Z', '2099-11-24T08:00:00Z'),
  engagement(2, '2099-11-24T10:00:00Z', '2099-11-24T11:00:00Z'),
]

/** Draws a dialog about a thing. The returned function changes that thing, as a colleague would. */
function changing<T>(first: T, dialog: (live: T) => React.ReactNode) {
  let change: (next: T) => void = () => undefined
  const Holder = () => {
    const [live, set] = useState(first)
    change = set
    return dialog(live)
  }
  draw('/', <Holder />)
  return (next: T) => change(next)
}

const notice = () => document.querySelector('[data-changed]')
const button = (text: string) => [...document.querySelectorAll<HTMLButtonElement>('button')].find((b) => b.textContent === text)!
/** Types into a field as a person does. The event tells React that the field has changed. */
function write(selector: string, text: string) {
  const field = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector)!
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, 'value')!.set!.call(field, text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
/** The local times that the form shows. */
const when = () => [...document.querySelectorAll('[data-when]')].map((field) => field.getAttribute('data-when'))
const reasonField = 'input[maxlength="500"]'
const commands = (part: string) => sent.filter((s) => s.url.endsWith(part)).map((s) => s.body)

async function tellsAndRenews(act: string, change: () => void) {
  await sees(() => expect(button(act)).toBeTruthy())
  expect(notice()).toBeNull()
  change()
  await sees(() => expect(notice()).not.toBeNull())
  expect(button(act).disabled).toBe(true)
  const text = notice()!.textContent
  click('[data-changed] button')
  await sees(() => expect(notice()).toBeNull())
  return text
}

it('does not move back an engagement that a colleague has moved', async () => {
  const change = changing(seen, (live) => (
    <ChangeTimeDialog network="ehs" week="2099-W48" engagement={live} names={names} close={() => undefined} />
  ))
  expect(await tellsAndRenews('Move', () => change(moved))).toContain('14:00')
  button('Move').click()
  await sees(() =>
    expect(commands('/commands')).toMatchObject([
      { type: 'changeTime', expectedVersion: 2, start: '2099-11-24T10:00:00.000Z', end: '2099-11-24T11:00:00.000Z' },
    ]),
  )
})

it('keeps the typed time and reason, and takes over the length that a colleague has changed', async () => {
  answers['/api/rosters/ehs/2099-W48/checks'] = { findings: [{ code: 'roster.rest', message: 'Little rest.', overridable: true }] }
  const longer = engagement(2, '2099-11-24T07:00:00Z', '2099-11-24T08:30:00Z')
  const close = () => undefined
  const change = changing(seen, (live) => <ChangeTimeDialog network="ehs" week="2099-W48" engagement={live} names={names} close={close} />)
  await sees(() => expect(button('Move')).toBeTruthy())
  write('input[name=time]', '12:30')
  await sees(() => expect(when()).toEqual(['2099-11-24T12:30', '2099-11-24T13:30']))
  await sees(() => expect(document.querySelector(reasonField)).not.toBeNull())
  write(reasonField, 'The surgeon is late.')
  await tellsAndRenews('Move', () => change(longer))
  expect(when()).toEqual(['2099-11-24T12:30', '2099-11-24T14:00'])
  await sees(() => expect(button('Move').disabled).toBe(false))
  button('Move').click()
  await sees(() =>
    expect(commands('/commands')).toMatchObject([
      { expectedVersion: 2, start: '2099-11-24T08:30:00.000Z', end: '2099-11-24T10:00:00.000Z', reason: 'The surgeon is late.' },
    ]),
  )
})

it('reassigns an engagement that a colleague has changed only after the person has seen the change', async () => {
  for (const version of [1, 2])
    answers[`/api/rosters/ehs/2099-W48/engagements/e-1/candidates?version=${version}`] = [
      { person: 'c-lee', score: 50, available: true, reasons: [] },
    ]
  const change = changing(seen, (live) => (
    <ReassignDialog network="ehs" week="2099-W48" engagement={live} chosen="c-lee" names={names} close={() => undefined} />
  ))
  await tellsAndRenews('Assign at once', () => change(moved))
  button('Assign at once').click()
  await sees(() => expect(commands('/commands')).toMatchObject([{ type: 'assign', expectedVersion: 2, consultants: ['c-lee'] }]))
})

it('does not move back a session that a colleague has moved', async () => {
  const session = (version: number, start: string) =>
    ({ id: 's', version, title: 'Talk', start, duration: '00:45:00', room: 'Hall', speakers: [] }) as never
  const head = { id: 'c', timeZone: 'Asia/Dubai', rooms: [] } as never
  const change = changing(session(1, '2099-11-24T07:00:00Z'), (live) => (
    <MoveSessionDialog session={live} head={head} close={() => undefined} />
  ))
  expect(await tellsAndRenews('Move', () => change(session(5, '2099-11-24T10:00:00Z')))).toContain('14:00')
  button('Move').click()
  await sees(() => expect(commands('/move')).toMatchObject([{ expectedVersion: 5, start: '2099-11-24T10:00:00.000Z' }]))
})

it('cancels an engagement that a colleague has changed only after the person has seen the change', async () => {
  const question = {
    title: 'Cancel',
    engagement: seen,
    input: (now: Engagement) => ({ type: 'cancel' as const, engagement: now.id, expectedVersion: now.version }),
    findings: [],
  }
  const Asked = ({ live }: { live: Engagement }) => (
    <DropDialog
      network="ehs"
      week="2099-W48"
      question={question}
      live={live}
      names={names}
      command={useRosterCommand('ehs', '2099-W48')}
      close={() => undefined}
    />
  )
  const change = changing(seen, (live) => <Asked live={live} />)
  expect(await tellsAndRenews('Call off', () => change(moved))).toContain('14:00')
  expect(commands('/commands')).toEqual([])
  write('textarea', 'The patient is well.')
  await sees(() => expect(button('Call off').disabled).toBe(false))
  button('Call off').click()
  await sees(() => expect(commands('/commands')).toMatchObject([{ type: 'cancel', expectedVersion: 2, reason: 'The patient is well.' }]))
})

it('keeps the text typed into a draft and takes over what a colleague has changed in other fields', async () => {
  const item = (version: number, start: string) =>
    ({ type: 'draftSession', version, session: { id: 's', title: 'Talk', start, duration: '00:45:00', room: '', speakers: [] } }) as never
  const head = { id: 'c', timeZone: 'Asia/Dubai', rooms: [] } as never
  const change = changing(item(1, '2099-11-24T07:00:00Z'), (live) => <DraftSessionDialog item={live} head={head} close={() => undefined} />)
  await sees(() => expect(button('Save')).toBeTruthy())
  write('input[name=title]', 'A better title')
  expect(await tellsAndRenews('Save', () => change(item(5, '2099-11-24T10:00:00Z')))).toContain('14:00')
  button('Save').click()
  await sees(() =>
    expect(commands('/sessions/s')).toMatchObject([{ expectedVersion: 5, title: 'A better title', start: '2099-11-24T10:00:00.000Z' }]),
  )
})

it('sends credit rules with the version on which the edit began', async () => {
  answers['/api/networks/ehs/credit-policies'] = {
    version: 7,
    policies: [
      {
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
      },
    ],
  }
  draw('/', <PolicyEditor network="ehs" saved={() => undefined} />)
  await sees(() => expect(button('Save')).toBeTruthy())
  click('[data-policies] input[type=checkbox]')
  await sees(() => expect(button('Save').disabled).toBe(false))
  button('Save').click()
  await sees(() => expect(commands('/credit-policies')).toMatchObject([{ version: 7 }]))
})
