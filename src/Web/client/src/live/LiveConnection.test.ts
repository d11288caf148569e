// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { noteSignedIn, whySignedOut } from '../api/signedOut'
import { LiveConnection } from './LiveConnection'

const hub = vi.hoisted(() => {
  const handlers = new Map<string, (...values: string[]) => void>()
  let closed: (error?: Error) => void = () => undefined
  const fake = {
    state: 'Disconnected',
    starts: 0,
    refuses: false,
    on: (name: string, handler: () => void) => void handlers.set(name, handler),
    onclose: (handler: () => void) => (closed = handler),
    start: async () => {
      fake.starts++
      if (fake.refuses) throw new Error('refused')
      fake.state = 'Connected'
    },
    stop: async () => {
      if (fake.state !== 'Connected') return
      fake.state = 'Disconnected'
      closed()
    },
    invoke: async () => undefined,
    tell: (name: string, ...values: string[]) => handlers.get(name)!(...values),
  }
  return fake
})

vi.mock('@microsoft/signalr', () => {
  const builder = new Proxy({}, { get: (_, name) => () => (name === 'build' ? hub : builder) }) as object
  return {
    HttpTransportType: { WebSockets: 1 },
    HubConnectionState: { Connected: 'Connected', Disconnected: 'Disconnected' },
    LogLevel: { None: 6 },
    HubConnectionBuilder: function () {
      return builder
    },
  }
})

beforeEach(() => {
  vi.useFakeTimers()
  Object.assign(hub, { state: 'Disconnected', starts: 0, refuses: false })
  noteSignedIn()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('stops when the hub ends the sign-in, and connects again only after the person has signed in', async () => {
  const live = new LiveConnection()
  await vi.advanceTimersByTimeAsync(0)
  expect([live.state().state, hub.starts]).toEqual(['live', 1])
  hub.tell('SignedOut', 'session.ended')
  await vi.advanceTimersByTimeAsync(60_000)
  expect([whySignedOut(), live.state().state, hub.starts]).toEqual(['session.ended', 'offline', 1])
  noteSignedIn()
  await vi.advanceTimersByTimeAsync(0)
  expect([live.state().state, hub.starts]).toEqual(['live', 2])
})

it('asks whether the person is still signed in when the hub refuses the connection', async () => {
  hub.refuses = true
  vi.stubGlobal('fetch', async () => Response.json({ code: 'session.expired' }, { status: 401 }))
  new LiveConnection()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([whySignedOut(), hub.starts]).toEqual(['session.expired', 1])
})
