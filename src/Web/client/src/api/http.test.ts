import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { http, Problem } from './http'

type Answer = 'cut' | 'done' | number

let server: Server | undefined
afterEach(() => server?.close())

/** A hub that gives these answers in turn and repeats the last one. It remembers the bodies that it received. */
async function hub(...answers: Answer[]) {
  const bodies: string[] = []
  server = createServer((request, response) => {
    let body = ''
    request
      .on('data', (part) => (body += part))
      .on('end', () => {
        const answer = answers[Math.min(bodies.length, answers.length - 1)]
        bodies.push(body)
        if (answer === 'cut') return void request.socket.destroy()
        response.writeHead(answer === 'done' ? 200 : answer!, { 'Content-Type': 'application/json' }).end('{"version":7}')
      })
  })
  await new Promise<void>((listening) => server!.listen(0, '127.0.0.1', listening))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/x`, bodies }
}

describe('a change while the hub is away for a moment', () => {
  it('is sent again with the same command id until it is answered', async () => {
    const { url, bodies } = await hub(503, 'cut', 502, 'done')
    expect(await http.post(url, { commandId: 'c-1', type: 'arrive' })).toEqual({ version: 7 })
    expect(bodies).toEqual(Array(4).fill('{"commandId":"c-1","type":"arrive"}'))
  })

  it('is sent again for longer than a restart takes, and reports that it waits', async () => {
    vi.useFakeTimers()
    const back = Date.now() + 60_000
    const bodies: unknown[] = []
    vi.stubGlobal('fetch', async (_: string, sent: RequestInit) => {
      bodies.push(sent.body)
      if (Date.now() < back) throw new TypeError('nobody listens')
      return new Response('{"version":7}', { headers: { 'Content-Type': 'application/json' } })
    })
    try {
      let waited = 0
      const answer = http.post('/api/x', { commandId: 'c-1', type: 'accept' }, () => waited++)
      await vi.advanceTimersByTimeAsync(63_000)
      expect(await answer).toEqual({ version: 7 })
      expect(new Set(bodies)).toEqual(new Set(['{"commandId":"c-1","type":"accept"}']))
      expect(waited).toBe(bodies.length - 1)
    } finally {
      vi.unstubAllGlobals()
      vi.useRealTimers()
    }
  })

  it('is sent once when the answer is a refusal', async () => {
    const { url, bodies } = await hub(409)
    await expect(http.post(url, { commandId: 'c-1' })).rejects.toMatchObject({ status: 409 })
    expect(bodies.length).toBe(1)
  })

  it('is sent once when a repeat might do harm', async () => {
    const { url, bodies } = await hub(503)
    await expect(http.post(url, { userName: 'mariam' })).rejects.toBeInstanceOf(Problem)
    expect(bodies.length).toBe(1)
  })
})
