// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { App } from '../App'
import { button, said, talking, write } from '../hub.testing'
import { drawing, sees } from '../screen.testing'
import { list, network } from './records.testing'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw, click } = drawing()
const { answers } = talking()

interface Request {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Blob
}
interface Reply {
  readonly status?: number
  readonly type?: string
  readonly text: string
}
let replies: Reply[]
const requests: Request[] = []

beforeEach(() => {
  requests.length = 0
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      upload = {}
      status = 200
      responseText = ''
      url = ''
      headers: Record<string, string> = {}
      type = 'application/json'
      onload = () => undefined
      onprogress = () => undefined
      open(_: string, url: string) {
        this.url = url
      }
      setRequestHeader(name: string, value: string) {
        this.headers[name] = value
      }
      getResponseHeader = () => this.type
      send(body: Blob) {
        requests.push({ url: this.url, headers: this.headers, body })
        const reply = replies.shift()!
        setTimeout(() => {
          this.status = reply.status ?? 200
          this.type = reply.type ?? 'application/json'
          this.responseText = reply.text
          this.onprogress()
          this.onload()
        })
      }
    },
  )
})

const report = (more: object = {}) => ({
  encoding: 'windows-1256',
  separator: ';',
  columns: ['hospital', 'id', 'capacity'],
  ignored: ['Notes'],
  added: 1,
  changed: 1,
  same: 10,
  refused: 0,
  rows: [
    { line: 2, key: ['al-qassimi', 'clinic-9'], outcome: 'added', changes: [] },
    { line: 3, key: ['al-qassimi', 'clinic-1'], outcome: 'changed', changes: [{ column: 'capacity', before: 6, after: 8 }] },
  ],
  affects: [],
  affected: 0,
  ...more,
})
const refused = report({
  refused: 1,
  rows: [
    { line: 4, key: ['al-qassimi', 'x'], outcome: 'refused', code: 'record.out-of-range', message: '…', column: 'capacity' },
    ...report().rows,
  ],
})
const answered = (value: object): Reply => ({ text: JSON.stringify(value) })

const choose = (...all: Reply[]) => chooseIn('rooms', 'rooms.csv', ...all)

async function chooseIn(table: string, file: string, ...all: Reply[]) {
  replies = all
  Object.assign(answers, network())
  draw(`/records/ehs/${table}?import=file`, <App />)
  await sees(() => expect(document.querySelector('[data-import]')).not.toBeNull())
  const drop = new Event('drop', { bubbles: true, cancelable: true })
  Object.assign(drop, { dataTransfer: { files: [new File(['hospital;id;capacity\r\nal-qassimi;clinic-9;3\r\n'], file)] } })
  document.querySelector('[data-import] h2')!.dispatchEvent(drop)
  await sees(() => expect(document.querySelector('[data-report]')).not.toBeNull())
}
const lines = () => [...document.querySelectorAll('[data-line]')].map((row) => row.getAttribute('data-line'))

it('shows what each row would do, and imports only after a confirmation', async () => {
  const streamed = `{"checked":5,"of":12}\n${JSON.stringify(report())}\n`
  await choose({ text: streamed, type: 'application/x-ndjson' }, answered(report({ import: 'i-1' })))
  expect(requests[0]!.url).toBe('/api/tables/rooms?network=ehs&preview=true')
  expect(said('[data-count=same]')).toContain('10 Unchanged')
  expect(said('[data-report]')).toContain('Columns that the hub does not know and ignores: Notes')
  expect(said('[data-line="3"]')).toContain('Capacity: was 6, now 8')
  button('Import 2 rows').click()
  await sees(() => expect(said('[data-imported]')).toContain('The file is imported'))
  expect(requests[1]!.url).toBe('/api/tables/rooms?network=ehs&encoding=windows-1256&separator=%3B')
})

it('imports nothing while a row is refused, and says why it is', async () => {
  await choose(answered(refused))
  expect(said('[data-line="4"]')).toContain('Capacity: This number is too small or too large.')
  expect(button('Import 2 rows').disabled).toBe(true)
  click('[data-report] input[value=changed]')
  await sees(() => expect(lines()).toEqual(['3']))
})

it('asks for a reason if engagements suffer', async () => {
  const affects = [
    {
      network: 'ehs',
      week: '2026-W48',
      engagement: 'e-1',
      title: 'Clinic of Dr Kim',
      start: '2026-11-24T05:00:00Z',
      hospital: 'al-qassimi',
      reasons: ['roomGone'],
    },
  ]
  await choose(answered(report({ affects, affected: 1 })), answered(report({ import: 'i-1' })))
  expect(said('[data-affects]')).toContain('Clinic of Dr Kim')
  expect(button('Import 2 rows').disabled).toBe(true)
  write('[data-import] input[maxlength="500"]', 'New rooms')
  await sees(() => expect(button('Import 2 rows').disabled).toBe(false))
  button('Import 2 rows').click()
  await sees(() => expect(document.querySelector('[data-imported]')).not.toBeNull())
  expect(requests[1]!.headers['X-Reason']).toBe('New%20rooms')
})

it('waits for a large import, and shows the rows that became impossible', async () => {
  await choose(answered(report()), { status: 202, text: '{"import":"i-7"}' })
  answers['GET /api/tables/imports/i-7'] = {
    done: 2,
    of: 2,
    finished: true,
    impossible: [{ line: 3, key: ['al-qassimi', 'clinic-1'], outcome: 'refused', code: 'record.unknown-reference', column: 'hospital' }],
  }
  button('Import 2 rows').click()
  await sees(() => expect(said('[data-imported]')).toContain('1 row became impossible'))
  expect(said('[data-imported]')).toContain('Hospital: There is no such record')
})

it('shows the report of a refused import', async () => {
  await choose(answered(report()), {
    status: 422,
    type: 'application/problem+json',
    text: JSON.stringify({ code: 'table.refused', report: refused }),
  })
  button('Import 2 rows').click()
  await sees(() => expect(lines()).toContain('4'))
  expect(said('[data-import] [role=alert]')).toContain('nothing was stored')
})

it('asks whether a row is a person whom the hub knows', async () => {
  const like = { id: 'p-kim', name: { en: 'Kim Min-jun' } }
  const row = { line: 2, key: ['kim', ''], outcome: 'refused', changes: [], code: 'table.same-person', column: 'name.en', like }
  await choose(
    answered(report({ refused: 1, rows: [row, { ...row, line: 3 }] })),
    answered(report({ refused: 1, rows: [{ ...row, line: 3 }] })),
    answered(report()),
  )
  expect(said('[data-line="2"]')).toContain('This may be Kim Min-jun (p-kim)')
  button('It is the same person').click()
  await sees(() => expect(lines()).toEqual(['3']))
  button('It is somebody else').click()
  await sees(() => expect(button('Import 2 rows')?.disabled).toBe(false))
  expect(requests[1]!.url).toContain('&same=2%3Ap-kim')
  expect(requests[2]!.url).toContain('&same=2%3Ap-kim&new=3')
})

it('sends a calendar for all hospitals or for some of them, and says which holidays it no longer has', async () => {
  const calendar = report({
    separator: '',
    rows: [
      { line: 3, key: ['al-qassimi', '2027-03-10'], outcome: 'added', changes: [] },
      { line: 3, key: ['kuwait', '2027-03-10'], outcome: 'added', changes: [] },
    ],
    missing: [{ key: ['al-qassimi', '2027-03-09'], cells: { from: '2027-03-09', until: '2027-03-11', name: 'Eid' } }],
  })
  await chooseIn('holidays', 'uae.ics', answered(calendar), answered(calendar), answered(report({ separator: '', import: 'i-1' })))
  expect(requests[0]).toMatchObject({
    url: '/api/tables/holidays?network=ehs&preview=true',
    headers: { 'Content-Type': 'text/calendar' },
  })
  expect(lines()).toEqual(['3', '3'])
  expect(said('[data-missing]')).toContain('Eid · 9 Mar 2027 · Al Qassimi Hospital')
  expect(document.querySelector('[data-import]')!.textContent).not.toContain('Separator')
  const hospitals = [...document.querySelectorAll<HTMLInputElement>('[data-import] input')].find((input) =>
    input.labels?.[0]?.textContent.includes('Hospitals that get'),
  )!
  hospitals.click()
  await sees(() => expect(document.querySelector('[role=option]')).not.toBeNull())
  document.querySelector<HTMLElement>('[role=option]')!.click()
  await sees(() => expect(requests).toHaveLength(2))
  expect(requests[1]!.url).toBe('/api/tables/holidays?network=ehs&preview=true&hospital=al-qassimi')
  await sees(() => expect(button('Import 2 rows')?.disabled).toBe(false))
  button('Import 2 rows').click()
  await sees(() => expect(document.querySelector('[data-imported]')).not.toBeNull())
  expect(requests[2]!.url).toBe('/api/tables/holidays?network=ehs&hospital=al-qassimi')
})

it('sends a file of another type as CSV if the table does not take it', async () => {
  await chooseIn('rooms', 'codes.json', answered(report()))
  expect(requests[0]!.headers['Content-Type']).toBe('text/csv')
})

it('asks for a reason if it lets the hub store the refused rows, and shows what they would do', async () => {
  const row = { line: 2, key: ['p-kim', 'c'], outcome: 'refused', changes: [], code: 'credential.same-licence', overridable: true }
  await chooseIn(
    'credentials',
    'credentials.csv',
    answered(report({ refused: 1, rows: [row] })),
    answered(report()),
    answered(report({ import: 'i-1' })),
  )
  expect(said('[data-line="2"]')).toContain('Another consultant has this licence')
  expect(button('Check again with this reason').disabled).toBe(true)
  write('[data-import] input[maxlength="500"]', 'Two people')
  await sees(() => expect(button('Check again with this reason').disabled).toBe(false))
  button('Check again with this reason').click()
  await sees(() => expect(button('Import 2 rows')?.disabled).toBe(false))
  button('Import 2 rows').click()
  await sees(() => expect(document.querySelector('[data-imported]')).not.toBeNull())
  expect(requests.map(({ headers }) => headers['X-Reason'])).toEqual([undefined, 'Two%20people', 'Two%20people'])
})

it('asks whether a row without an id means the record with its name', async () => {
  const like = { id: 'clinic-1', name: { en: 'Clinic 1' } }
  const row = {
    line: 2,
    key: ['al-qassimi', 'clinic-1'],
    outcome: 'refused',
    changes: [],
    code: 'table.same-name',
    column: 'name.en',
    like,
  }
  await choose(answered(report({ refused: 1, rows: [row] })), answered(report()))
  expect(said('[data-line="2"]')).toContain('There is Clinic 1 (clinic-1) already.')
  button('It is a new one').click()
  await sees(() => expect(button('Import 2 rows')?.disabled).toBe(false))
  expect(requests[1]!.url).toContain('&new=2')
})

it('asks for the second factor again before it imports people, and then says how they are invited', async () => {
  const again = { status: 403, type: 'application/problem+json', text: JSON.stringify({ code: 'session.factor-again' }) }
  answers['GET /api/me'] = { totp: true, passkeys: 0, recoveryCodes: 0 }
  answers['POST /api/session/factor'] = new Response(null, { status: 204 })
  answers['GET /api/tables/people?network=ehs&offset=0&take=50'] = list([])
  await chooseIn('people', 'people.csv', answered(report()), again, answered(report({ import: 'i-1' })))
  button('Import 2 rows').click()
  await sees(() => expect(document.querySelector('[data-factor] input[name=code]')).not.toBeNull())
  write('[data-factor] input[name=code]', '222222')
  button('Go on').click()
  await sees(() => expect(document.querySelector('[data-imported]')).not.toBeNull())
  expect(requests.map((r) => r.url.includes('preview'))).toEqual([true, false, false])
  expect(document.querySelector('[data-imported] a[href="/accounts"]')!.textContent).toBe('Invite people')
}, 20_000)
