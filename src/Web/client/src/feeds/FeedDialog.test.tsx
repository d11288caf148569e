// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { drawing, sees, somebody } from '../screen.testing'
import { ViewerContext } from '../viewer/useViewer'
import FeedDialog from './FeedDialog'

const { draw } = drawing()
const sent: string[] = []
beforeEach(() => {
  sent.length = 0
  vi.stubGlobal('fetch', (_: string, init?: RequestInit) => {
    const method = init?.method ?? 'GET'
    if (method !== 'GET') sent.push(method)
    const link = method === 'POST' ? { exists: true, path: '/api/feeds/p-1/secret/calendar.ics' } : { exists: true }
    return Promise.resolve(method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json(link))
  })
})

const button = (text: string) => [...document.querySelectorAll<HTMLButtonElement>('button')].find((b) => b.textContent === text)
const asks = () => document.querySelector('[data-sure]')?.textContent ?? ''
const open = async () => {
  draw(
    '/',
    <ViewerContext.Provider value={somebody('attendee')}>
      <FeedDialog close={() => undefined} />
    </ViewerContext.Provider>,
  )
  await sees(() => expect(button('End the link')).toBeTruthy())
}

it('asks once before it ends a link that calendars follow', async () => {
  await open()
  button('End the link')!.click()
  await sees(() => expect(asks()).toContain('calendars that follow it stop'))
  expect(sent).toEqual([])
  button('Keep the link')!.click()
  await sees(() => expect(asks()).toBe(''))
  expect(sent).toEqual([])
  button('End the link')!.click()
  await sees(() => expect(asks()).not.toBe(''))
  button('End the link')!.click()
  await sees(() => expect(button('Make a link')).toBeTruthy())
  expect(sent).toEqual(['DELETE'])
})

it('asks once before it renews a link', async () => {
  await open()
  button('Renew the link')!.click()
  await sees(() => expect(asks()).toContain('Your link ends at once'))
  expect(sent).toEqual([])
  button('Renew the link')!.click()
  await sees(() => expect(document.querySelector<HTMLInputElement>('[data-feed]')?.value).toContain('/secret/calendar.ics'))
  await sees(() => expect(asks()).toBe(''))
  expect(sent).toEqual(['POST'])
})
