import { expect, it } from 'vitest'
import type { InboxAlert } from '../inboxes/useInbox'
import { asksAnswer, countdown, inOrder } from './answers'

const now = Date.parse('2026-11-24T06:00:00Z')
const alert = (id: string, more: Partial<InboxAlert> = {}) =>
  ({ id, kind: 'assigned', at: '2026-11-24T05:00:00Z', urgent: false, ...more }) as unknown as InboxAlert
const request = (id: string, deadline: string) =>
  alert(id, { kind: 'proposed', proposal: 'p', engagement: {} as InboxAlert['engagement'], deadline, urgent: true })

it('puts requests first, by their deadline, then urgent alerts, then all others, the newest first', () => {
  const alerts = [
    alert('old', { at: '2026-11-24T04:00:00Z' }),
    alert('new'),
    alert('urgent', { urgent: true, at: '2026-11-24T03:00:00Z' }),
    request('later', '2026-11-24T07:00:00Z'),
    request('soon', '2026-11-24T06:05:00Z'),
  ]
  expect(inOrder(alerts, now).map((a) => a.id)).toEqual(['soon', 'later', 'urgent', 'new', 'old'])
})

it('no longer asks for an answer once the deadline has passed', () => {
  expect(asksAnswer(request('a', '2026-11-24T06:00:01Z'), now)).toBe(true)
  expect(asksAnswer(request('a', '2026-11-24T06:00:00Z'), now)).toBe(false)
})

it('gives the time left to the second, and from one hour on to the minute', () => {
  expect(countdown(872_000, 'en-GB')).toBe('14 mins 32 secs')
  expect(countdown(2 * 3_600_000 + 5 * 60_000, 'ko-KR')).toBe('2시간 5분')
  expect(countdown(578_000, 'ar-AE-u-nu-latn')).toBe('9 دقائق و38 ثانية')
  expect(countdown(-5, 'ko-KR')).toBe('0초')
})
