// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import type { Language } from '../i18n/language'
import type { NetworkNames } from '../networks/useNetwork'
import { drawing, sees } from '../screen.testing'
import { ChangeTimeDialog } from './ChangeTimeDialog'
import { DropDialog, type Question } from './DropDialog'
import { PlanDialog } from './PlanDialog'
import { ReassignDialog } from './ReassignDialog'
import type { Engagement } from './roster'
import { useRosterCommand } from './useRosterCommand'

const { draw } = drawing()
const names = {
  zone: 'Asia/Dubai',
  hospitals: [],
  consultants: [],
  specialties: [],
  hospital: () => undefined,
  hospitalName: () => 'Hospital',
  roomName: () => '',
  personName: (id: string) => id,
  consultant: () => undefined,
} as unknown as NetworkNames
const engagement = {
  type: 'engagement',
  id: 'e-1',
  version: 1,
  title: 'Clinic',
  hospital: 'h',
  consultants: ['c-kim'],
  attention: [],
  status: 'confirmed',
  start: '2099-11-24T07:00:00Z',
  end: '2099-11-24T08:00:00Z',
} as unknown as Engagement
const finding = { code: 'roster.rest', message: 'Little rest.', overridable: true }
const callOff: Question = {
  title: 'Call off',
  engagement,
  input: () => ({ type: 'cancel', engagement: 'e-1', expectedVersion: 1 }),
  findings: [],
}
const drag: Question = {
  title: 'Clinic',
  engagement,
  findings: [finding] as Question['findings'],
  input: () => ({ type: 'changeTime', engagement: 'e-1', expectedVersion: 1, start: engagement.start, end: engagement.end }),
}
const week = { network: 'ehs', week: '2099-W48' }

function Asked({ question, close }: { question: Question; close: () => void }) {
  return (
    <DropDialog {...week} question={question} live={engagement} names={names} command={useRosterCommand('ehs', '2099-W48')} close={close} />
  )
}

const words = () => [...document.querySelectorAll('[role=dialog] button')].map((button) => button.textContent).filter(Boolean)

it.each<[Language, string[]]>([
  ['en', ['Keep it', 'Call off']],
  ['ar', ['إبقاء المهمة', 'إلغاء المهمة']],
  ['ko', ['그대로 두기', '취소하기']],
])('asks in %s whether to cancel, with buttons that say what they do', async (language, expected) => {
  draw('/', <Asked question={callOff} close={() => undefined} />, language)
  await sees(() => expect(words()).toEqual(expected))
})

it('asks for the reason of a drag, with buttons to go on or cancel', async () => {
  draw('/', <Asked question={drag} close={() => undefined} />)
  await sees(() => expect(words()).toEqual(['Cancel', 'Go on']))
})

const dialogs = {
  plan: (close: () => void) => (
    <PlanDialog
      network="ehs"
      blank={{ hospital: null, room: null, consultant: null, start: Date.parse(engagement.start) }}
      names={names}
      close={close}
      done={() => undefined}
    />
  ),
  'change of time': (close: () => void) => <ChangeTimeDialog {...week} engagement={engagement} names={names} close={close} />,
  reassignment: (close: () => void) => <ReassignDialog {...week} engagement={engagement} chosen={null} names={names} close={close} />,
  'calling off': (close: () => void) => <Asked question={callOff} close={close} />,
}

it.each(Object.entries(dialogs))('closes the dialog for a %s by Escape, but not by a click beside the form', async (_, dialog) => {
  const close = vi.fn()
  draw('/', dialog(close))
  await sees(() => expect(document.querySelector('[role=dialog]')).not.toBeNull())
  document.querySelector<HTMLElement>('.mantine-Modal-overlay')!.click()
  document.querySelector<HTMLElement>('.mantine-Modal-inner')!.click()
  expect(close).not.toHaveBeenCalled()
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
  await sees(() => expect(close).toHaveBeenCalled())
})

it('offers the equipment of the hospital’s rooms as what is needed', async () => {
  const rooms = [
    { id: 'hall', name: { en: 'Hall' }, capacity: 9, equipment: ['Projector', 'Microphones'] },
    { id: 'ward', name: { en: 'Ward' }, capacity: 9, equipment: ['Projector'] },
  ]
  const equipped = { ...names, hospital: () => ({ timeZone: 'Asia/Dubai', rooms }) } as unknown as NetworkNames
  const blank = { hospital: 'h', room: null, consultant: null, start: Date.parse(engagement.start) }
  draw('/', <PlanDialog network="ehs" blank={blank} names={equipped} close={() => undefined} done={() => undefined} />)
  const field = () =>
    [...document.querySelectorAll<HTMLInputElement>('[role=dialog] input')].find((input) =>
      input.labels?.[0]?.textContent.startsWith('Needed in the room'),
    )
  await sees(() => expect(field()).not.toBeUndefined())
  field()!.focus()
  field()!.click()
  const options = () =>
    [...document.querySelectorAll('[role=option]')].map((option) => option.textContent).filter((text) => /Micro|Proj/.test(text))
  await sees(() => expect(options()).toEqual(['Microphones', 'Projector']))
})

it('plans the same in each following week, and asks about the warnings of a later week before it goes on', async () => {
  const sent: { week: string; engagement: string; start: string; reason?: string }[] = []
  const json = (body: unknown, status = 200) =>
    Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } }))
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    const [, at, what] = /rosters\/ehs\/(.+)\/(checks|commands)$/.exec(url) ?? []
    if (!at) return new Promise(() => undefined)
    const body = JSON.parse(String(init!.body)) as (typeof sent)[number]
    if (what === 'checks') return json({ allowed: true, findings: at === '2099-W48' ? [] : [finding] })
    sent.push({ ...body, week: at })
    return at !== '2099-W48' && !body.reason
      ? json({ status: 409, code: finding.code, title: 'Conflict', detail: finding.message, findings: [finding] }, 409)
      : json({ engagement, version: 2, warnings: [] })
  })
  const blank = { hospital: 'h', room: null, consultant: null, specialty: 'cardiology', start: Date.parse(engagement.start) }
  const [close, done] = [vi.fn(), vi.fn()]
  draw('/', <PlanDialog network="ehs" blank={blank} names={names} close={close} done={done} />)
  const field = (name: string) => document.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[role=dialog] [name=${name}]`)
  const type = (into: HTMLInputElement | HTMLTextAreaElement, text: string) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(into), 'value')!.set!.call(into, text)
    into.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const submit = () => document.querySelector<HTMLButtonElement>('[role=dialog] [type=submit]')!
  // The browser checks the fields, and the choices of this form have no names here.
  const send = () => submit().form!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  await sees(() => expect(field('title')).not.toBeNull())
  type(field('title')!, 'Clinic')
  type(field('weeks')!, '2')
  await sees(() => expect(submit().disabled).toBe(false))
  send()
  await sees(() => expect(document.querySelector('[role=dialog] [role=status]')?.textContent).toContain('1 of 2'))
  expect(close).not.toHaveBeenCalled()
  const reason = () =>
    [...document.querySelectorAll<HTMLInputElement>('[role=dialog] input')].find((input) =>
      input.labels?.[0]?.textContent.startsWith('Reason'),
    )
  await sees(() => expect(reason()).toBeDefined())
  type(reason()!, 'Agreed.')
  await sees(() => expect(submit().disabled).toBe(false))
  send()
  await sees(() => expect(done).toHaveBeenCalled())
  const id = sent[0]!.engagement
  expect(sent.map(({ week, engagement, start, reason }) => [week, engagement, start, reason])).toEqual([
    ['2099-W48', id, '2099-11-24T07:00:00.000Z', undefined],
    ['2099-W49', `${id}-2`, '2099-12-01T07:00:00.000Z', undefined],
    ['2099-W49', `${id}-2`, '2099-12-01T07:00:00.000Z', 'Agreed.'],
  ])
})
