// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { device, type Offer } from '../passkeys.testing'

const minute = 60_000
const options = '/api/session/passkey/options'
let sent: string[]
let refused: boolean
let hidden: boolean
let offers: Offer[]
let leave: AbortController
/** Each test has a page of its own. */
let page: typeof import('./passkeys')

beforeEach(async () => {
  vi.resetModules()
  vi.useFakeTimers({ now: new Date('2026-11-24T09:00:00Z') })
  ;[sent, offers, leave, refused, hidden] = [[], [], new AbortController(), false, false]
  vi.stubGlobal('fetch', (url: string) => {
    sent.push(url)
    return Promise.resolve(refused ? Response.json({ status: 429, code: 'request.too-many' }, { status: 429 }) : Response.json({}))
  })
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden)
  page = await import('./passkeys')
})
afterEach(() => {
  leave.abort()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

it('signs in with the passkey that the person chooses in the field', async () => {
  device({ offers })
  const signedIn = page.offerPasskeys(leave.signal)
  await pass(0)
  expect(sent).toEqual([options])
  offers[0]!.choose()
  expect(await signedIn).toBe(true)
  expect(sent).toEqual([options, '/api/session/passkey'])
})

it('asks for nothing in a browser that cannot offer passkeys in a field', async () => {
  device()
  expect(await page.offerPasskeys(leave.signal)).toBe(false)
  expect(sent).toEqual([])
})

it('begins again before the challenge is too old, and not earlier', async () => {
  device({ offers })
  void page.offerPasskeys(leave.signal)
  await pass(4 * minute - 1)
  expect(offers.map((offer) => offer.withdrawn())).toEqual([false])
  await pass(2_000)
  expect(offers.map((offer) => offer.withdrawn())).toEqual([true, false])
  expect(sent).toEqual([options, options])
})

it('asks for nothing while the page is hidden', async () => {
  device({ offers })
  hidden = true
  void page.offerPasskeys(leave.signal)
  await pass(10 * minute)
  expect(sent).toEqual([])
  hidden = false
  await pass(1_000)
  expect(sent).toEqual([options])
  hidden = true
  await pass(10 * minute)
  expect(sent).toEqual([options])
})

it('waits after a refusal, and says nothing', async () => {
  device({ offers })
  refused = true
  const signedIn = page.offerPasskeys(leave.signal)
  await pass(3 * minute)
  expect(sent).toEqual([options])
  refused = false
  await pass(minute + 1_000)
  offers[0]!.choose()
  expect(await signedIn).toBe(true)
})

it('withdraws the offer when the person leaves', async () => {
  device({ offers })
  const signedIn = page.offerPasskeys(leave.signal)
  await pass(0)
  leave.abort()
  await pass(1_000)
  expect(await signedIn).toBe(false)
  expect(offers.map((offer) => offer.withdrawn())).toEqual([true])
  await pass(10 * minute)
  expect(sent).toEqual([options])
})

it('withdraws the offer when the person uses the button, and asks again only when that challenge is old too', async () => {
  device({ offers, refuses: 'NotAllowedError' })
  void page.offerPasskeys(leave.signal)
  await pass(3 * minute)
  const pressed = page.sendPasskey('/api/session/passkey').catch((problem: { code: string }) => problem.code)
  await pass(0)
  expect(await pressed).toBe('passkey.cancelled')
  expect(offers.map((offer) => offer.withdrawn())).toEqual([true])
  await pass(4 * minute - 1_000)
  expect(sent).toEqual([options, options])
  await pass(2_000)
  expect(sent).toEqual([options, options, options])
})
