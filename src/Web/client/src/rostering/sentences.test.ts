import { expect, it } from 'vitest'
import type { Reader } from '../i18n'
import en from '../i18n/en'
import { textsOf } from '../i18n/fill'
import type { NetworkNames } from '../networks/useNetwork'
import type { HistoryEntry } from './roster'
import { ofHistory, sentence, type Told } from './sentences'

const reader = {
  locale: 'en-GB',
  language: 'en',
  ...textsOf(en, 'en'),
} as unknown as Reader
const names = {
  zone: 'Asia/Dubai',
  hospital: () => undefined,
  personName: (id: string) => id.toUpperCase(),
  roomName: (_: string, room: string | null) => room ?? '',
} as unknown as NetworkNames
const told = (more: Partial<Told>) =>
  ({ what: 'timeChanged', by: 'noor', title: 'Clinic', hospital: 'h', consultantsBefore: [], consultantsAfter: [], ...more }) as Told
const say = (more: Partial<Told>) => sentence(told(more), names, reader).replace(/[\u2066-\u2069]/g, '')

it('says from when to when an engagement moved, with the date once if it is the same day', () => {
  expect(say({ startBefore: '2026-11-26T07:00:00Z', startAfter: '2026-11-26T09:00:00Z' })).toBe(
    'NOOR moved Clinic from Thu 26 Nov 11:00 to 13:00 (2 hours later)',
  )
  expect(say({ startBefore: '2026-11-26T07:00:00Z', startAfter: '2026-11-25T07:00:00Z' })).toBe(
    'NOOR moved Clinic from Thu 26 Nov 11:00 to Wed 25 Nov 11:00 (24 hours earlier)',
  )
  expect(
    say({
      startBefore: '2026-11-26T07:00:00Z',
      startAfter: '2026-11-26T07:00:00Z',
      endBefore: '2026-11-26T08:00:00Z',
      endAfter: '2026-11-26T09:00:00Z',
    }),
  ).toBe('NOOR changed the end of Clinic from Thu 26 Nov 12:00 to 13:00')
  expect(say({ what: 'roomChanged', roomBefore: 'one', roomAfter: 'two' })).toBe('NOOR moved Clinic from one to two')
  expect(say({ what: 'assigned', consultantsBefore: ['kim'], consultantsAfter: ['lee', 'park'] })).toBe(
    'NOOR gave Clinic from KIM to LEE and PARK',
  )
  expect(say({ what: 'movedIn', startBefore: '2026-11-26T07:00:00Z', startAfter: '2026-12-03T07:00:00Z' })).toBe(
    'NOOR moved Clinic here from another week, from Thu 26 Nov 11:00 to Thu 3 Dec 11:00',
  )
})

it('names the person who did not answer, and the person who is asked now', () => {
  expect(say({ what: 'expired', candidate: 'lee', next: 'park' })).toBe('LEE did not answer in time for Clinic. PARK is asked now')
  expect(say({ what: 'declined', by: 'lee', candidate: 'lee' })).toBe('LEE declined Clinic')
})

it('reads the same facts from an entry of the history', () => {
  const engagement = (candidate: string | undefined) => ({
    title: 'Clinic',
    hospital: 'h',
    start: '2026-11-26T07:00:00Z',
    end: '2026-11-26T08:00:00Z',
    consultants: [],
    proposal: candidate && { candidate },
  })
  const entry = (what: string, before?: string, after?: string) =>
    ofHistory({ what, by: 'hub-system', before: engagement(before), after: engagement(after) } as unknown as HistoryEntry)
  expect(entry('expired', 'lee', 'park')).toMatchObject({ candidate: 'lee', next: 'park' })
  expect(entry('accepted', 'lee')).toMatchObject({ candidate: 'lee', next: undefined })
  expect(entry('proposed', 'lee', 'park')).toMatchObject({ candidate: 'park', next: undefined })
  const away = {
    what: 'movedAway',
    by: 'noor',
    before: { ...engagement(undefined), moving: { start: '2026-12-03T07:00:00Z', end: '2026-12-03T08:00:00Z' } },
  } as unknown as HistoryEntry
  expect(ofHistory(away)).toMatchObject({ startBefore: '2026-11-26T07:00:00Z', startAfter: '2026-12-03T07:00:00Z' })
})
