// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import { drawing, sees, somebody } from '../screen.testing'

const refusal = { code: '' }
vi.mock('../live/useTopic', () => ({
  useTopicNow: () => ({ picture: { items: new Map(), position: null, at: null }, refused: null }),
  useTopic: (topic: string | null) => ({
    picture: { items: new Map(), position: null, at: null },
    refused: topic?.startsWith('lecture/') ? refusal.code : null,
  }),
  useConnection: () => ({ state: 'live', since: 0 }),
  askAgain: () => undefined,
}))

// No slide is drawn here, and the PDF library takes a long time to load.
vi.mock('./slides', () => ({}))

const { answers, draw } = drawing()

const pages = ['display', 'room', 'backstage']
const codes = [
  ['topic.unknown', 'There is no such session.'],
  ['topic.denied', 'You may not see this.'],
]
const cases = pages.flatMap((page) => codes.map(([code, text]) => [page, code!, text!] as const))

it.each(cases)('the %s page says why the lecture is not shown: %s', async (page, code, text) => {
  answers['/api/session'] = somebody('coordinator')
  refusal.code = code
  draw(`/conferences/c/sessions/x/${page}`, <App />)
  await sees(() => expect(document.querySelector('main [role=alert]')?.textContent).toBe(text))
})
