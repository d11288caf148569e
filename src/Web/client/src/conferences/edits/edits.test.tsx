// @vitest-environment happy-dom
import type { ReactNode } from 'react'
import { expect, it, vi } from 'vitest'
import type { Conference, EditEffects } from '../../api/schema'
import { button, done, refusal, said, talking, write } from '../../hub.testing'
import { drawing, sees, somebody } from '../../screen.testing'
import { ViewerContext } from '../../viewer/useViewer'
import type { ConferenceHead, Session } from '../programme'
import { DraftSessionDialog } from '../releases/DraftSessionDialog'
import ConferenceDialog from './ConferenceDialog'
import { slugOf } from './edit'
import EndDialog from './EndDialog'

vi.mock('../../live/useTopic', async () => (await import('../../hub.testing')).noLive)

const { draw } = drawing()
const { answers, sent, heads } = talking()
const show = (dialog: ReactNode, language: 'en' | 'ar' = 'en') =>
  draw('/conferences/c', <ViewerContext value={somebody('coordinator')}>{dialog}</ViewerContext>, language)
const tagged = (value: object, tag: string) => Response.json(value, { headers: { ETag: tag } })

const head = {
  type: 'conference',
  key: 'conference/c',
  id: 'c',
  network: 'ehs',
  title: 'Congress',
  timeZone: 'Asia/Dubai',
  dayChange: '00:00:00',
  rooms: [{ name: 'Hall', hospital: 'h-one', room: 'r-one' }, { name: 'Foyer' }],
  tracks: ['Heart'],
  public: false,
  release: 0,
  hasDraft: false,
  selfRegistration: false,
  registered: 0,
  withdrawn: false,
  version: 3,
} as ConferenceHead
const session = {
  type: 'session',
  key: 'session/c-1',
  id: 'c-1',
  title: 'A talk',
  start: '2026-11-24T06:00:00Z',
  duration: '00:45:00',
  room: 'Hall',
  speakers: [],
  booking: 'booked',
  bookingFindings: [],
  cancelled: false,
  version: 7,
} as Session
const nothing: EditEffects = {
  draft: false,
  dropsDraft: false,
  bookings: 0,
  cancelledBookings: [],
  sessions: 1,
  corrected: 0,
  told: 0,
  favourites: 0,
  places: 0,
  waiting: 0,
  registered: 0,
  roles: 0,
  releases: 0,
  attended: 0,
  certificates: 0,
  findings: [],
  notBooked: [],
  overlaps: [],
  usedBy: [],
  uses: 0,
  needsReason: false,
}

it('makes an id of a title', () => {
  expect(slugOf('  Cœur & Santé – 2026! ', 40)).toBe('c-ur-sante-2026')
  expect(slugOf('مؤتمر القلب', 40)).toBe('')
  expect(slugOf('a'.repeat(25) + ' b', 26)).toBe('a'.repeat(25))
})

it('creates a conference under the first free id', async () => {
  answers['PUT /api/conferences/heart-congress'] = refusal(412, 'record.changed')
  answers['PUT /api/conferences/heart-congress-2'] = { ...head, id: 'heart-congress-2' }
  const made: Conference[] = []
  show(<ConferenceDialog close={() => undefined} done={(conference) => made.push(conference)} />)
  await sees(() => expect(document.querySelector('input[name=title]')).not.toBeNull())
  write('input[name=title]', 'Heart Congress')
  write('input[name=titleKo]', '심장 학회')
  button('Add a room').click()
  await sees(() => expect(document.querySelector('fieldset input')).not.toBeNull())
  write('fieldset input', 'Main hall')
  write('textarea[name=tracks]', 'Heart\n\n Lung ')
  button('Save').click()
  await sees(() => expect(made.map((c) => c.id)).toEqual(['heart-congress-2']))
  expect(heads.map((h) => h['If-None-Match'])).toEqual(['*', '*'])
  expect(sent[1]!.body).toMatchObject({
    title: 'Heart Congress',
    titleKo: '심장 학회',
    network: 'ehs',
    rooms: [{ name: 'Main hall' }],
    tracks: ['Heart', 'Lung'],
  })
})

it('edits a conference with the tag that the person saw, and shows a fault beside its field', async () => {
  answers['GET /api/conferences/c?draft=true'] = [tagged(head, '"t-1"')]
  answers['PUT /api/conferences/c'] = [refusal(400, 'record.end-before-start', '$.lastDay'), tagged(head, '"t-2"')]
  const closed = vi.fn()
  show(<ConferenceDialog id="c" close={() => undefined} done={closed} />)
  await sees(() => expect(document.querySelector<HTMLInputElement>('input[name=title]')?.value).toBe('Congress'))
  write('input[name=firstDay]', '2026-11-25')
  write('input[name=lastDay]', '2026-11-24')
  button('Save').click()
  await sees(() => expect(document.querySelector('input[name=lastDay]')?.getAttribute('aria-invalid')).toBe('true'))
  expect(said('[data-conference]')).toContain('not after')
  write('input[name=lastDay]', '2026-11-26')
  button('Save').click()
  await sees(() => expect(closed).toHaveBeenCalled())
  expect(heads.map((h) => h['If-Match'])).toEqual(['"t-1"', '"t-1"'])
  expect(heads[0]!['X-Command-Id']).not.toBe(heads[1]!['X-Command-Id'])
  expect(sent[1]!.body).toMatchObject({
    lastDay: '2026-11-26',
    rooms: [{ name: 'Hall', hospital: 'h-one', room: 'r-one' }, { name: 'Foyer' }],
  })
})

it('shows what a withdrawal leads to, and sends the reason', async () => {
  const url = '/api/conferences/c/sessions/c-1'
  answers[`GET ${url}?draft=true`] = [tagged({ id: 'c-1', title: 'A talk', duration: 45 }, '"t-1"')]
  answers[`PUT ${url}?preview=true`] = {
    ...nothing,
    bookings: 1,
    cancelledBookings: [{ session: 'c-1', title: 'A talk', start: session.start, engagement: 'e-1', week: '2026-W48' }],
    told: 3,
    favourites: 2,
    needsReason: true,
  }
  answers[`PUT ${url}`] = { id: 'c-1', cancelled: true }
  const ended = vi.fn()
  show(
    <EndDialog target={{ url, title: 'A talk', what: 'session' }} zone="Asia/Dubai" how="withdraw" close={() => undefined} done={ended} />,
  )
  await sees(() => expect(said('[data-effects]')).toContain('3 people are told.'))
  expect(said('[data-effects]')).toContain('1 booking at a hospital is cancelled.')
  expect(button('Withdraw').disabled).toBe(true)
  write('[data-end] input', 'المتحدث مريض')
  await sees(() => expect(button('Withdraw').disabled).toBe(false))
  button('Withdraw').click()
  await sees(() => expect(ended).toHaveBeenCalledWith('withdraw'))
  const last = sent.findIndex((s) => s.url === url)
  expect(sent[last]!.body).toMatchObject({ title: 'A talk', cancelled: true })
  expect(heads[last]).toMatchObject({ 'If-Match': '"t-1"', 'X-Reason': encodeURIComponent('المتحدث مريض') })
})

it('offers to withdraw what is in use instead of deleting it', async () => {
  const url = '/api/conferences/c'
  answers[`GET ${url}?draft=true`] = [tagged(head, '"t-1"')]
  answers[`DELETE ${url}?preview=true`] = {
    ...nothing,
    attended: 4,
    roles: 2,
    uses: 22,
    usedBy: [
      { table: 'releases', id: '1', name: '1' },
      { table: 'attendance', id: 'c-1', name: 'A talk' },
    ],
  }
  answers[`PUT ${url}?preview=true`] = { ...nothing, sessions: 12 }
  answers[`PUT ${url}`] = { ...head, withdrawn: true }
  const ended = vi.fn()
  show(
    <EndDialog
      target={{ url, title: 'Congress', what: 'conference' }}
      zone="Asia/Dubai"
      how="delete"
      close={() => undefined}
      done={ended}
    />,
  )
  await sees(() => expect(said('[data-end]')).toContain('Attendance at A talk'))
  expect(said('[data-end]')).toContain('and 20 more')
  expect(said('[data-effects]')).toContain('2 people lose a role in this conference.')
  expect(button('Delete').disabled).toBe(true)
  document.querySelector<HTMLElement>('[data-do=instead]')!.click()
  await sees(() => expect(said('[data-effects]')).toContain('12 sessions do not take place.'))
  button('Withdraw').click()
  await sees(() => expect(ended).toHaveBeenCalledWith('withdraw'))
  expect(sent.at(-1)!.body).toMatchObject({ withdrawn: true })
})

it('deletes what nobody uses', async () => {
  const url = '/api/conferences/c/sessions/c-1'
  answers[`GET ${url}?draft=true`] = [tagged({ id: 'c-1' }, '"t-1"')]
  answers[`DELETE ${url}?preview=true`] = nothing
  answers[`DELETE ${url}`] = [refusal(412, 'record.changed'), done()]
  const ended = vi.fn()
  show(<EndDialog target={{ url, title: 'A talk', what: 'session' }} zone="Asia/Dubai" how="delete" close={() => undefined} done={ended} />)
  await sees(() => expect(said('[data-effects]')).toContain('Nobody is told'))
  button('Delete').click()
  await sees(() => expect(said('[role=alert]')).toContain('Somebody has changed'))
  await sees(() => expect(button('Delete').disabled).toBe(false))
  button('Delete').click()
  await sees(() => expect(ended).toHaveBeenCalledWith('delete'))
})

it('asks for a reason if the roster warns of an edit, and does not change the programme without the tag', async () => {
  const url = '/api/conferences/c/sessions/c-1'
  answers['GET /api/consultants?network=ehs'] = []
  answers[`GET ${url}?draft=true`] = [tagged({ id: 'c-1' }, '"t-1"')]
  answers[`PUT ${url}?preview=true`] = {
    ...nothing,
    findings: [{ code: 'roster.rest', message: 'x', overridable: true }],
    needsReason: true,
  }
  answers[`PUT ${url}`] = { id: 'c-1' }
  const closed = vi.fn()
  show(<DraftSessionDialog item={{ version: 7, session }} head={head} live close={closed} />)
  await sees(() => expect(document.querySelector('[data-check=found]')).not.toBeNull())
  expect(document.querySelector('input[type=checkbox]')).toBeNull()
  const reason = [...document.querySelectorAll('label')].find((label) => label.textContent?.startsWith('Reason'))!.getAttribute('for')!
  write(`[id="${reason}"]`, 'Nobody else can')
  write('input[name=titleAr]', 'محاضرة')
  button('Save').click()
  await sees(() => expect(closed).toHaveBeenCalled())
  const last = sent.findIndex((s) => s.url === url)
  expect(sent[last]!.body).toMatchObject({ title: 'A talk', titleAr: 'محاضرة', duration: 45, room: 'Hall', cancelled: false })
  expect(heads[last]).toMatchObject({ 'If-Match': '"t-1"', 'X-Reason': encodeURIComponent('Nobody else can') })
})

it('adds a session without a time to the programme', async () => {
  answers['GET /api/consultants?network=ehs'] = []
  answers['PUT /api/conferences/c/sessions/c-later'] = { id: 'c-later' }
  const closed = vi.fn()
  show(<DraftSessionDialog item={undefined} head={head} live close={closed} />)
  await sees(() => expect(document.querySelector('input[name=title]')).not.toBeNull())
  write('input[name=title]', 'Later')
  button('Save').click()
  await sees(() => expect(closed).toHaveBeenCalled())
  expect(sent[0]!.body).toMatchObject({ title: 'Later', duration: 45 })
  expect(sent[0]!.body).not.toHaveProperty('start')
  expect(heads[0]).toMatchObject({ 'If-None-Match': '*' })
})
