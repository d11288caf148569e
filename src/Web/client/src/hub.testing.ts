import { beforeEach, vi } from 'vitest'

export interface Sent {
  readonly method: string
  readonly url: string
  readonly body: Record<string, unknown> | undefined
}

/** A refusal as the hub sends it. */
export const refusal = (status: number, code: string, place?: string) =>
  Response.json({ status, code, place }, { status, headers: { 'Content-Type': 'application/problem+json' } })

export const done = () => new Response(null, { status: 204 })

/**
 * For tests of forms: a hub that answers by method and address, such as `POST /api/setup`, and the changes that it received with their
 * headers. A list holds the answers in turn, and the last one is repeated. Call it after `drawing()`. A request to another address gets the
 * answer 404.
 */
export function talking() {
  const answers: Record<string, unknown> = {}
  const sent: Sent[] = []
  const heads: Readonly<Record<string, string>>[] = []
  const asked: string[] = []
  beforeEach(() => {
    for (const key of Object.keys(answers)) delete answers[key]
    sent.length = heads.length = asked.length = 0
    vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
      const method = init?.method ?? 'GET'
      if (method === 'GET') asked.push(url)
      else {
        sent.push({ method, url, body: init?.body ? (JSON.parse(init.body as string) as Record<string, unknown>) : undefined })
        heads.push((init?.headers ?? {}) as Record<string, string>)
      }
      const known = answers[`${method} ${url}`]
      const next = Array.isArray(known) && known[0] instanceof Response ? (known.length > 1 ? known.shift() : known[0]) : known
      if (next instanceof Response) return next.clone()
      return next === undefined ? refusal(404, 'request.not-found') : Response.json(next)
    })
  })
  return { answers, sent, heads, asked }
}

/** Types into a field as a person does. The event tells React that the field has changed. */
export const write = (selector: string, text: string) =>
  writeInto(document.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector)!, text)

export function writeInto(field: HTMLInputElement | HTMLTextAreaElement, text: string) {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, 'value')!.set!.call(field, text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

export const button = (text: string) => [...document.querySelectorAll<HTMLButtonElement>('button')].find((b) => b.textContent === text)!

/** The text of a page without the marks that isolate names. */
export const said = (selector = 'body') => (document.querySelector(selector)?.textContent ?? '').replace(/[\u200e\u200f\u2066-\u2069]/g, '')

/** What a form says is wrong with a field. */
export function fault(selector: string) {
  const field = document.querySelector(selector)!
  const ids = field.getAttribute('aria-invalid') === 'true' ? (field.getAttribute('aria-describedby') ?? '').split(' ') : []
  return ids.map((id) => document.getElementById(id)).find((text) => text?.getAttribute('role') === 'alert')?.textContent
}

/** Replaces `live/useTopic` in tests that need no live data. */
export const noLive = {
  useConnection: () => ({ state: 'live', since: 0 }),
  useTopic: () => nothing,
  useTopicNow: () => nothing,
}
const nothing = { picture: { items: new Map(), position: null, at: null }, refused: null }
