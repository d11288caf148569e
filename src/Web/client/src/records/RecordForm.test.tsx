// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { App } from '../App'
import { button, done, fault, said, talking, write, writeInto } from '../hub.testing'
import { drawing, sees } from '../screen.testing'
import { clinic, clinicPath, clinicRow, list, network, roomsAt, tagged } from './records.testing'
import type { RecordRows } from './wire'

const live = vi.hoisted(() => ({
  picture: { items: new Map<string, object>(), position: {}, at: null },
  listeners: new Set<() => void>(),
}))
vi.mock('../live/useTopic', async () => {
  const { useSyncExternalStore } = await import('react')
  const { noLive } = await import('../hub.testing')
  return {
    ...noLive,
    useTopic(topic: string | null) {
      const picture = useSyncExternalStore(
        (listener) => (live.listeners.add(listener), () => live.listeners.delete(listener)),
        () => live.picture,
      )
      return topic === 'records/ehs' ? { picture, refused: null } : noLive.useTopic()
    },
  }
})

const confirm = vi.fn<() => boolean>()
const { draw, click } = drawing()
const { answers, sent, heads, asked } = talking()
const preview = `${clinicPath}?preview=true`
const fine = { affects: [] }
const problem = (status: number, members: object, tag?: string) =>
  Response.json({ status, ...members }, { status, headers: { 'Content-Type': 'application/problem+json', ...(tag && { ETag: tag }) } })
const field = (name: string) => document.querySelector<HTMLInputElement>(`[data-form] input[name="${name}"]`)!
const changes = () => sent.map((each, i) => ({ ...each, headers: heads[i]! })).filter(({ url }) => !url.includes('preview'))
const affected = {
  network: 'ehs',
  week: '2026-W48',
  engagement: 'e-1',
  title: 'Clinic of Dr Kim',
  start: '2026-11-24T05:00:00Z',
  hospital: 'al-qassimi',
  reasons: ['roomGone'],
}

beforeEach(() => {
  live.picture = { items: new Map(), position: {}, at: null }
  confirm.mockReset().mockReturnValue(true)
  vi.stubGlobal('confirm', confirm)
})

async function openClinic(record: object = clinic) {
  Object.assign(answers, network())
  answers[`GET ${clinicPath}`] = tagged(record, '"t1"')
  answers[`PUT ${preview}`] = fine
  answers[`DELETE ${preview}`] = fine
  draw('/records/ehs/rooms?record=al-qassimi/clinic-1', <App />)
  await sees(() => expect(field('capacity')).not.toBeNull())
}

async function changeCapacity(to = '8') {
  write('[data-form] input[name=capacity]', to)
  await sees(() => expect(button('Save').disabled).toBe(false))
  button('Save').click()
}

it('shows each column with a field of its kind, and names in three languages', async () => {
  await openClinic({ ...clinic, until: '2026-11-28T20:00:00Z' })
  expect([field('name.ar').lang, field('name.ar').closest('[dir]')!.getAttribute('dir'), field('name.ko').lang]).toEqual([
    'ar',
    'rtl',
    'ko',
  ])
  expect(document.querySelector<HTMLInputElement>('[data-form] .mantine-Select-input')!.readOnly).toBe(true)
  expect(field('id').value).toBe('clinic-1')
  expect(document.querySelector('[data-when]')!.getAttribute('data-when')).toBe('2026-11-29T00:00')
  expect(said('[data-form]')).toContain('ECG')
})

it('stores a change with the tag that the person saw, and takes it back', async () => {
  await openClinic()
  answers[`PUT ${clinicPath}`] = [tagged({ ...clinic, capacity: 8 }, '"t9"'), tagged(clinic, '"t10"')]
  await changeCapacity()
  await sees(() => expect(said('[data-done]')).toContain('Saved: Clinic 1'))
  expect(location.search).toBe('')
  const stored = changes()[0]!
  expect(stored.body).toEqual({ ...clinic, capacity: 8 })
  expect(stored.headers['If-Match']).toBe('"t1"')
  click('[data-done] [data-do=undo]')
  await sees(() => expect(changes()).toHaveLength(2))
  expect(changes()[1]).toMatchObject({ body: clinic, headers: { 'If-Match': '"t9"' } })
})

it('suggests an id from the English name of a new record, and does not overwrite an existing one', async () => {
  Object.assign(answers, network())
  const path = '/api/hospitals/al-qassimi/rooms/clinic-2-a'
  answers[`PUT ${path}?preview=true`] = fine
  answers[`PUT ${path}`] = tagged({}, '"t3"', 201)
  draw('/records/ehs/rooms?record=new&hospital=al-qassimi', <App />)
  answers['GET /api/tables/rooms?network=ehs&offset=0&take=50&hospital=al-qassimi'] = list([])
  await sees(() => expect(field('id')).not.toBeNull())
  write('[data-form] input[name="name.en"]', 'Clínic 2 / A')
  await sees(() => expect(field('id').value).toBe('clinic-2-a'))
  await changeCapacity('3')
  await sees(() => expect(said('[data-done]')).toContain('Entered: Clínic 2 / A'))
  expect(changes()[0]).toMatchObject({
    url: path,
    body: { id: 'clinic-2-a', name: { en: 'Clínic 2 / A' }, capacity: 3 },
    headers: { 'If-None-Match': '*' },
  })
})

it('shows a refusal at its field, and keeps what was typed', async () => {
  await openClinic()
  answers[`PUT ${preview}`] = problem(400, { code: 'record.out-of-range', place: '$.capacity' })
  await changeCapacity('99999')
  await sees(() => expect(fault('[data-form] input[name=capacity]')).toContain('too small or too large'))
  expect(field('capacity').value).toBe('99999')
})

it('shows the engagements that suffer, and stores the change only with a reason', async () => {
  await openClinic()
  answers[`PUT ${preview}`] = { affects: [affected] }
  answers[`PUT ${clinicPath}`] = tagged({ ...clinic, capacity: 8 }, '"t9"')
  await changeCapacity()
  await sees(() => expect(said('[data-affects]')).toContain('Clinic of Dr Kim'))
  expect(said('[data-affects]')).toContain('24 Nov 2026 09:00')
  expect(said('[data-affects]')).toContain('The room no longer exists')
  expect(changes()).toEqual([])
  write('[data-affecting] input[maxlength="500"]', 'تجديد')
  button('Store it anyway').click()
  await sees(() => expect(said('[data-done]')).toContain('Saved'))
  expect(changes()[0]!.headers['X-Reason']).toBe(encodeURIComponent('تجديد'))
})

it('merges with what somebody else has changed, field by field', async () => {
  await openClinic()
  const theirs = { ...clinic, capacity: 10, name: { ...clinic.name, en: 'Clinic One' } }
  answers[`PUT ${preview}`] = [problem(412, { code: 'record.changed', current: theirs, tag: 't5' }, '"t5"'), Response.json(fine)]
  answers[`PUT ${clinicPath}`] = tagged({}, '"t6"')
  await changeCapacity()
  await sees(() => expect(document.querySelector('[data-merge]')).not.toBeNull())
  expect(said('[data-merging="name.en"]')).toContain('Their value: Clinic One')
  expect(said('[data-merging="capacity"]')).toContain('Before: 6')
  expect(said('[data-merging="capacity"]')).toContain('Your value: 8')
  expect(button('Save').disabled).toBe(true)
  click('[data-do=merge]')
  await sees(() => expect(field('name.en').value).toBe('Clinic One'))
  expect(field('capacity').value).toBe('8')
  button('Save').click()
  await sees(() => expect(changes()).toHaveLength(1))
  expect(changes()[0]).toMatchObject({ body: { ...theirs, capacity: 8 }, headers: { 'If-Match': '"t5"' } })
})

it('notices a change while the form is open, and loses no input', async () => {
  await openClinic()
  write('[data-form] input[name=capacity]', '8')
  await sees(() => expect(field('capacity').value).toBe('8'))
  answers[`GET ${clinicPath}`] = tagged({ ...clinic, equipment: ['ECG', 'X-ray'] }, '"t7"')
  const item = { type: 'recordChanges', key: 'changes/hospitals', kind: 'hospitals', recent: [], version: 9 }
  live.picture = { items: new Map([[item.key, item]]), position: {}, at: null }
  live.listeners.forEach((listener) => listener())
  await sees(() => expect(said('[data-merging=equipment]')).toContain('X-ray'))
  expect(field('capacity').value).toBe('8')
})

it('reads a hospital again that somebody has changed', async () => {
  const changed = (version: number) => ({
    type: 'recordChanges',
    key: 'c',
    kind: 'hospitals',
    recent: [{ id: 'al-qassimi', version }],
    version,
  })
  live.picture = { items: new Map([['c', changed(9)]]), position: {}, at: null }
  await openClinic()
  answers['GET /api/hospitals/al-qassimi'] = { id: 'al-qassimi', name: { en: 'Al Qassimi Women' }, rooms: [], version: 6 }
  live.picture = { items: new Map([['c', changed(10)]]), position: {}, at: null }
  live.listeners.forEach((listener) => listener())
  await sees(() => expect(said('[data-record="al-qassimi/clinic-1"]')).toContain('Al Qassimi Women'))
  expect(asked.filter((url) => url === '/api/hospitals/al-qassimi')).toHaveLength(1)
})

it('removes a record after a question, and says by what it is used', async () => {
  await openClinic()
  answers[`DELETE ${preview}`] = { affects: [], usedBy: [{ table: 'engagements', id: 'e-1', week: '2026-W48', name: 'Clinic of Dr Kim' }] }
  answers[`PUT ${clinicPath}`] = tagged({}, '"t9"')
  click('[data-do=remove]')
  await sees(() => expect(button('Keep it')).toBeTruthy())
  button('Remove').click()
  await sees(() => expect(said('[data-used]')).toContain('Clinic of Dr Kim'))
  expect(document.querySelector('[data-used] a')!.getAttribute('href')).toBe('/board/ehs/2026-W48?show=e-1')
  click('[data-do=end]')
  await sees(() => expect(changes()).toHaveLength(1))
  expect(changes()[0]).toMatchObject({ method: 'PUT', body: { ...clinic, until: expect.stringMatching(/^20.*:00Z$/) as string } })
})

it('takes back a removal', async () => {
  await openClinic()
  answers[`DELETE ${clinicPath}`] = done()
  answers[`PUT ${clinicPath}`] = tagged(clinic, '"t9"', 201)
  click('[data-do=remove]')
  await sees(() => expect(button('Keep it')).toBeTruthy())
  button('Remove').click()
  await sees(() => expect(said('[data-done]')).toContain('Removed: Clinic 1'))
  click('[data-done] [data-do=undo]')
  await sees(() => expect(changes()).toHaveLength(2))
  expect(changes().map(({ method, headers }) => [method, headers['If-Match'] ?? headers['If-None-Match']])).toEqual([
    ['DELETE', '"t1"'],
    ['PUT', '*'],
  ])
})

it('shows the history, and takes back the last change', async () => {
  await openClinic()
  answers[`GET /api/tables/rooms/history?owner=al-qassimi&id=clinic-1&take=50`] = [
    {
      version: 2,
      at: '2026-11-20T09:00:00Z',
      by: 'p-1',
      name: { en: 'Noor Haddad' },
      role: 'coordinator',
      reason: 'A larger table',
      before: { ...clinic, capacity: 4 },
      after: clinic,
    },
    { version: 1, at: '2026-11-19T09:00:00Z', by: 'p-1', role: 'coordinator', before: null, after: clinic },
  ]
  answers[`PUT ${clinicPath}`] = tagged({ ...clinic, capacity: 4 }, '"t9"')
  ;[...document.querySelectorAll<HTMLElement>('[role=tab]')].find((tab) => tab.textContent === 'History')!.click()
  await sees(() => expect(said('[data-history] li')).toContain('Noor Haddad: changed'))
  expect(said('[data-history] li')).toContain('Capacity: was 4, now 6')
  expect(said('[data-history] li')).toContain('A larger table')
  click('[data-history] [data-do=undo]')
  await sees(() => expect(changes()).toHaveLength(1))
  expect(changes()[0]).toMatchObject({ body: { ...clinic, capacity: 4 }, headers: { 'If-Match': '"t1"' } })
})

it('asks before unsaved input is left', async () => {
  await openClinic()
  confirm.mockReturnValue(false)
  write('[data-form] input[name=capacity]', '8')
  await sees(() => expect(document.querySelector('[data-unsaved]')).not.toBeNull())
  button('Cancel').click()
  expect(confirm).toHaveBeenCalledOnce()
  expect(field('capacity').value).toBe('8')
  // The browser goes back without a word to the router.
  History.prototype.replaceState.call(history, null, '', '/records/ehs/rooms')
  window.dispatchEvent(new PopStateEvent('popstate'))
  expect(confirm).toHaveBeenCalledTimes(2)
  expect(location.search).toBe('?record=al-qassimi/clinic-1')
  expect(field('capacity').value).toBe('8')
  confirm.mockReturnValue(true)
  button('Cancel').click()
  await sees(() => expect(document.querySelector('[data-drawer]')).toBeNull())
})

it('lets people who may not change a record read it', async () => {
  Object.assign(answers, network())
  answers[roomsAt()] = list([{ ...clinicRow, mayChange: false }] as RecordRows['rows'] as object[])
  answers[`GET ${clinicPath}`] = tagged(clinic, '"t1"')
  draw('/records/ehs/rooms?record=al-qassimi/clinic-1', <App />)
  await sees(() => expect(said('[role=note]')).toContain('not change it'))
  expect(field('capacity').readOnly).toBe(true)
  expect(document.querySelector('[data-do=remove]')).toBeNull()
})

it('enters a period of the rota, whose id the hub makes', async () => {
  Object.assign(answers, network())
  const path = '/api/networks/ehs/rota/new'
  answers['GET /api/tables/rota?network=ehs&offset=0&take=50'] = list([])
  answers[`PUT ${path}?preview=true`] = fine
  answers[`PUT ${path}`] = Response.json(
    {},
    { status: 201, headers: { ETag: '"r1"', Location: '/api/networks/ehs/rota/p-1~20261120T040000' } },
  )
  answers['DELETE /api/networks/ehs/rota/p-1~20261120T040000?preview=true'] = fine
  answers['DELETE /api/networks/ehs/rota/p-1~20261120T040000'] = done()
  draw('/records/ehs/rota?record=new', <App />)
  await sees(() => expect(field('coordinator')).not.toBeNull())
  expect(field('network')).toBeNull()
  click('[data-form] .mantine-Select-input')
  const option = () => [...document.querySelectorAll<HTMLElement>('[role=option]')].filter((o) => o.textContent === 'Noor Haddad').at(-1)
  await sees(() => expect(option()).toBeTruthy())
  option()!.click()
  const parts = () => [...document.querySelectorAll('[data-when]')].map((part) => part.getAttribute('data-when'))
  const dates = [...document.querySelectorAll<HTMLInputElement>('[data-form] input[name=date]')]
  const times = [...document.querySelectorAll<HTMLInputElement>('[data-form] input[name=time]')]
  for (const [i, text] of ['20/11/2026', '21/11/2026'].entries()) {
    writeInto(dates[i]!, text)
    writeInto(times[i]!, '08:00')
  }
  await sees(() => expect(parts()).toEqual(['2026-11-20T08:00', '2026-11-21T08:00']))
  button('Save').click()
  await sees(() => expect(document.querySelector('[data-done]')).not.toBeNull())
  expect(changes()[0]!.body).toEqual({ coordinator: 'p-1', from: '2026-11-20T04:00:00Z', to: '2026-11-21T04:00:00Z' })
  click('[data-done] [data-do=undo]')
  await sees(() => expect(changes()).toHaveLength(2))
  expect(changes()[1]).toMatchObject({
    method: 'DELETE',
    url: '/api/networks/ehs/rota/p-1~20261120T040000',
    headers: { 'If-Match': '"r1"' },
  })
})

it('gives a new consultant the time zone of the partner, until somebody chooses another one', async () => {
  Object.assign(answers, network())
  answers['GET /api/tables/consultants?network=ehs&offset=0&take=50'] = list([])
  draw('/records/ehs/consultants?record=new', <App />)
  const shown = (label: string) =>
    [...document.querySelectorAll<HTMLInputElement>('[data-form] input')].find(
      (input) => input.labels?.[0]?.textContent.replace(' *', '') === label,
    )!
  await sees(() => expect(shown('Partner')).not.toBeUndefined())
  const zone = () => shown('Time zone at home')
  const choose = async (label: string, choice: string) => {
    const option = () => [...document.querySelectorAll<HTMLElement>('[role=option]')].find((each) => each.textContent === choice)
    shown(label).click()
    await sees(() => expect(option()).not.toBeUndefined())
    option()!.click()
  }
  expect(zone().required).toBe(true)
  await choose('Partner', 'Paris')
  await sees(() => expect(zone().value).toBe('Europe/Paris'))
  expect(zone().required).toBe(false)
  await choose('Partner', 'Asan')
  await sees(() => expect(zone().value).toBe('Asia/Seoul'))
  await choose('Time zone at home', 'Africa/Cairo')
  await choose('Partner', 'Paris')
  await sees(() => expect(shown('Partner').value).toBe('Paris'))
  expect(zone().value).toBe('Africa/Cairo')
})

it('asks whether two people with one licence are the same, and stores it with a reason', async () => {
  Object.assign(answers, network())
  const path = '/api/consultants/p-lee/credentials/heart'
  const record = { id: 'heart', licence: 'DHA-16' }
  answers['GET /api/tables/credentials?network=ehs&offset=0&take=50'] = list([])
  answers[`GET ${path}`] = tagged(record, '"t1"')
  answers[`PUT ${path}?preview=true`] = problem(409, {
    code: 'credential.same-licence',
    place: '$.licence',
    detail: 'Kim Min-jun (p-kim) has this licence at the hospital.',
  })
  answers[`PUT ${path}`] = tagged({ ...record, licence: 'DHA-17' }, '"t2"')
  draw('/records/ehs/credentials?record=p-lee/heart', <App />)
  await sees(() => expect(field('licence')).not.toBeNull())
  write('[data-form] input[name=licence]', 'DHA-17')
  await sees(() => expect(button('Save').disabled).toBe(false))
  button('Save').click()
  await sees(() => expect(said('[data-affecting]')).toContain('Kim Min-jun'))
  expect(said('[data-affecting]')).toContain('Another consultant has this licence')
  write('[data-affecting] input[maxlength="500"]', 'Two people')
  button('Store it anyway').click()
  await sees(() => expect(said('[data-done]')).toContain('Saved'))
  expect(changes()[0]!.headers['X-Reason']).toBe('Two%20people')
})

it('says what a person may have overlooked', async () => {
  await openClinic()
  answers[`PUT ${preview}`] = { ...fine, hints: [{ code: 'calendar.closed-otherwise', message: '…' }] }
  answers[`PUT ${clinicPath}`] = tagged({ ...clinic, capacity: 8 }, '"t9"')
  await changeCapacity()
  await sees(() => expect(said('[data-done] [data-hint]')).toContain('On all other days, the hospital is closed'))
})
