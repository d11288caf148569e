// @vitest-environment happy-dom
import { useSyncExternalStore } from 'react'
import { beforeEach, expect, it, vi } from 'vitest'
import type { SessionDifference } from '../../api/schema'
import { App } from '../../App'
import type { Language } from '../../i18n/language'
import { drawing, sees, somebody } from '../../screen.testing'

type Items = readonly { readonly key: string }[]
const listeners = new Set<() => void>()
let position = 0
const nothing = { picture: { items: new Map(), position: null, at: null }, refused: null }
let shown: unknown = nothing
/** Sends the draft’s items, as the hub does. */
const tell = (...items: Items) => {
  shown = { picture: { items: new Map(items.map((item) => [item.key, item])), position: `${++position}`, at: null }, refused: null }
  for (const listener of listeners) listener()
}
vi.mock('../../live/useTopic', () => ({
  useTopicNow: () => ({ picture: { items: new Map(), position: null, at: null }, refused: null }),
  useTopic: (topic: string | null) => {
    const watch = (listener: () => void) => (listeners.add(listener), () => void listeners.delete(listener))
    const now = useSyncExternalStore(watch, () => shown)
    return topic === 'conference/c/draft' ? now : nothing
  },
  useConnection: () => ({ state: 'live', since: 0 }),
}))

const { answers, draw, click } = drawing()
const sent: { method: string; url: string; body: Record<string, unknown> }[] = []
beforeEach(() => {
  sent.length = 0
  vi.stubGlobal('fetch', (url: string, { method = 'GET', body }: RequestInit = {}) => {
    if (method !== 'GET') sent.push({ method, url, body: body ? (JSON.parse(body as string) as Record<string, unknown>) : {} })
    if (`${method} ${url}` in answers) return Promise.resolve(Response.json(answers[`${method} ${url}`]))
    return method === 'GET' && url in answers ? Promise.resolve(Response.json(answers[url])) : new Promise(() => undefined)
  })
})

const conference = { id: 'c', network: 'ehs', title: 'Congress', timeZone: 'Asia/Dubai', rooms: [], tracks: [] }
const head = { type: 'draft', key: 'draft', conference, startedAt: '2099-01-01T00:00:00Z', startedBy: 'p-1', after: 0, version: 1 }
const speakers = [
  { name: 'Prof. Kim', consultant: 'c-kim' },
  { name: 'Noor Haddad', consultant: 'c-noor' },
]
const facts = { title: 'Talk', start: '2099-11-24T06:00:00Z', duration: '00:45:00', room: 'Hall', speakers }
const talk = (more: object = {}, version = 1) => ({
  type: 'draftSession',
  key: 'session/s',
  version,
  session: { id: 's', cancelled: false, abstract: 'Of hearts.', ...facts, ...more },
})
const difference = { session: 's', title: 'Talk', changes: ['added'], after: facts, concerns: false, consultants: [] } as SessionDifference

const field = <T extends HTMLInputElement | HTMLTextAreaElement>(name: string) => document.querySelector<T>(`[role=dialog] [name=${name}]`)!
function write(name: string, text: string) {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field(name)) as object, 'value')!.set!.call(field(name), text)
  field(name).dispatchEvent(new Event('input', { bubbles: true }))
}
const dialog = () => document.querySelector('[role=dialog]')?.textContent?.replace(/[\u2066-\u2069]/g, '')
const page = () => document.querySelector('main')?.textContent?.replace(/[\u2066-\u2069]/g, '')
const submit = () => document.querySelector<HTMLButtonElement>('[role=dialog] button[type=submit]')!
const lost = () => document.querySelector('[data-lost]')?.getAttribute('data-lost')
const button = (text: string) => [...document.querySelectorAll<HTMLButtonElement>('main button')].find((b) => b.textContent === text)!

function begin(address: string, changes: readonly SessionDifference[] = [difference], language: Language = 'en') {
  answers['/api/session'] = somebody('coordinator')
  answers['/api/conferences/c/draft/changes'] = changes
  answers['/api/consultants?network=ehs'] = [
    { id: 'c-kim', name: { en: 'Kim Min-jun', ar: 'كيم مين جون', ko: '김민준' } },
    { id: 'c-noor', name: { en: 'Noor Haddad', ar: 'نور حداد', ko: null } },
  ]
  draw(address, <App />, language)
}

it('links a typed name to the consultant, and names the speakers whom an edit removes', async () => {
  tell(head, talk())
  begin('/conferences/c/draft?edit=s')
  await sees(() => expect(field('speakers')?.value).toBe('Prof. Kim\nNoor Haddad'))
  expect(document.querySelector('[data-off]')).toBeNull()
  write('speakers', '김민준\nA Guest')
  await sees(() => expect(document.querySelector('[data-off]')?.textContent).toContain('Noor Haddad'))
  expect(document.querySelector('[data-off]')!.textContent).not.toContain('Kim')
  expect(submit().disabled).toBe(false)
  submit().click()
  const body = { speakers: [{ name: '김민준', consultant: 'c-kim' }, { name: 'A Guest' }] }
  await sees(() => expect(sent.find((s) => s.method === 'PUT')).toMatchObject({ url: '/api/conferences/c/draft/sessions/s', body }))
})

it('does not save a typed name before it knows who the consultants are', async () => {
  tell(head, talk())
  begin('/conferences/c/draft?edit=s')
  delete answers['/api/consultants?network=ehs']
  await sees(() => expect(submit()?.disabled).toBe(false))
  write('speakers', 'Noor Haddad')
  await sees(() => expect(submit().disabled).toBe(true))
})

it('says in the open dialog what has changed, even if it is only the abstract and the speakers', async () => {
  tell(head, talk())
  begin('/conferences/c/draft?edit=s')
  await sees(() => expect(field('abstract')?.value).toBe('Of hearts.'))
  tell(head, talk({ abstract: 'Of lungs.', speakers: [] }, 2))
  await sees(() => expect(dialog()).toContain('Abstract: was Of hearts., is now Of lungs.'))
  expect(dialog()).toContain('Speakers: was Prof. Kim and Noor Haddad, is now –')
})

it('shows title and abstract in the direction of their script', async () => {
  tell(head, talk())
  begin('/conferences/c/draft?edit=s')
  await sees(() => expect(field('title')?.getAttribute('dir')).toBe('auto'))
  expect(field('abstract').getAttribute('dir')).toBe('auto')
})

it.each([
  ['s', 'title'],
  ['new', 'title'],
])('keeps the typed text when the draft ends (%s)', async (id, name) => {
  tell(head, talk())
  begin(`/conferences/c/draft?edit=${id}`)
  await sees(() => expect(field(name)).not.toBeNull())
  write(name, 'A better title')
  tell()
  await sees(() => expect(lost()).toBe('ended'))
  expect(dialog()).toContain('The draft has ended')
  expect(field(name).value).toBe('A better title')
  expect(submit().disabled).toBe(true)
  click('[role=dialog] button[aria-label=Close]')
  await sees(() => expect(dialog()).toBeUndefined())
  expect(location.search).toBe('')
  tell(head, talk())
  await sees(() => expect(page()).toContain('Discard the draft'))
  expect(dialog()).toBeUndefined()
})

it('says in the open dialog that somebody has removed the session', async () => {
  tell(head, talk())
  begin('/conferences/c/draft?edit=s')
  await sees(() => expect(field('title')).not.toBeNull())
  write('title', 'A better title')
  tell(head)
  await sees(() => expect(lost()).toBe('removed'))
  expect(field('title').value).toBe('A better title')
  expect(submit().disabled).toBe(true)
})

it.each(['dialog=publish', 'edit=new', 'edit=s'])('opens nothing for an address with %s when a draft begins later', async (asked) => {
  tell()
  begin(`/conferences/c/draft?${asked}`)
  await sees(() => expect(button('Begin a draft')).toBeTruthy())
  await sees(() => expect(location.search).toBe(''))
  tell(head, talk())
  await sees(() => expect(page()).toContain('Discard the draft'))
  expect(dialog()).toBeUndefined()
})

it('leaves no step in the browser’s history that leads back to the dialog after publishing', async () => {
  answers['POST /api/conferences/c/releases'] = {}
  tell(head, talk())
  begin('/conferences/c/draft?dialog=publish')
  await sees(() => expect(document.querySelector('[data-changes="1"]')).not.toBeNull())
  const steps = vi.spyOn(history, 'pushState')
  submit().click()
  await sees(() => expect(location.pathname).toBe('/conferences/c/releases'))
  expect(steps).not.toHaveBeenCalled()
})

it('publishes no draft in which nothing has changed, except as the first release', async () => {
  tell(head, talk())
  begin('/conferences/c/draft?dialog=publish', [])
  await sees(() => expect(submit()?.disabled).toBe(false))
  const later = { ...head, after: 1 }
  tell(later, talk())
  begin('/conferences/c/draft?dialog=publish', [])
  await sees(() => expect(dialog()).toContain('Nothing has changed'))
  expect(submit().disabled).toBe(true)
})

it('names the time zone once, and the year if it is not the present year', async () => {
  tell(head, talk())
  begin('/conferences/c/draft')
  await sees(() => expect(page()).toMatch(/24 Nov 2099 10:00/))
  expect(page()!.split('All times in Dubai time').length).toBe(2)
  click('[role=tab]:last-of-type')
  await sees(() => expect(document.querySelector('[data-draft=s]')?.textContent).toMatch(/24 Nov 2099 10:00 · Hall/))
  expect(page()!.split('All times in Dubai time').length).toBe(2)
})
