import { somebody } from '../screen.testing'
import type { RecordTable } from './wire'

const name = (required = true) => [
  { name: 'name.en', kind: 'text', required, most: 120 },
  { name: 'name.ar', kind: 'text', most: 120 },
  { name: 'name.ko', kind: 'text', most: 120 },
]

export const tables = [
  {
    name: 'policy',
    path: '/api/networks/{network}/policy',
    one: true,
    natural: false,
    byFileOnly: false,
    files: [],
    mayChange: ['ehs'],
    mayAdd: true,
    columns: [
      { name: 'network', kind: 'reference', table: 'networks', key: true, required: true },
      { name: 'travel', kind: 'choice', required: true, choices: ['ignore', 'warn', 'refuse'] },
      { name: 'minimumRest', kind: 'duration', required: true },
    ],
  },
  {
    name: 'hospitals',
    path: '/api/hospitals/{id}',
    one: true,
    natural: false,
    byFileOnly: false,
    files: [],
    mayChange: ['ehs'],
    mayAdd: true,
    columns: [
      { name: 'id', kind: 'id', key: true, required: true, most: 80 },
      ...name(),
      { name: 'timeZone', kind: 'zone', required: true },
    ],
  },
  {
    name: 'rooms',
    path: '/api/hospitals/{hospital}/rooms/{id}',
    one: false,
    natural: false,
    byFileOnly: false,
    files: [],
    mayChange: ['ehs'],
    mayAdd: true,
    columns: [
      { name: 'hospital', kind: 'reference', table: 'hospitals', key: true, required: true },
      { name: 'id', kind: 'id', key: true, required: true, most: 80 },
      ...name(),
      { name: 'capacity', kind: 'number', required: true, least: 1, most: 10000 },
      { name: 'equipment', kind: 'text', many: true, most: 40 },
      { name: 'until', kind: 'instant' },
    ],
  },
  {
    name: 'rota',
    path: '/api/networks/{network}/rota/{coordinator}~{from}',
    one: false,
    natural: true,
    byFileOnly: false,
    files: [],
    mayChange: ['ehs'],
    mayAdd: true,
    columns: [
      { name: 'network', kind: 'reference', table: 'networks', key: true, required: true },
      { name: 'coordinator', kind: 'reference', table: 'people', key: true, required: true },
      { name: 'from', kind: 'instant', key: true, required: true },
      { name: 'to', kind: 'instant', required: true, ends: true },
    ],
  },
  {
    name: 'consultants',
    path: '/api/consultants/{id}',
    one: true,
    natural: false,
    byFileOnly: false,
    files: [],
    mayChange: ['ehs'],
    mayAdd: true,
    columns: [
      { name: 'id', kind: 'id', key: true, required: true, most: 80 },
      ...name(),
      { name: 'home', kind: 'reference', table: 'partners' },
      { name: 'homeTimeZone', kind: 'zone', requiredWithout: 'home' },
    ],
  },
  {
    name: 'partners',
    path: '/api/partners/{id}?network={network}',
    one: false,
    natural: false,
    byFileOnly: false,
    files: [],
    mayChange: ['ehs'],
    mayAdd: true,
    columns: [
      { name: 'network', kind: 'reference', table: 'networks', key: true, required: true },
      { name: 'id', kind: 'id', key: true, required: true, most: 80 },
      ...name(),
      { name: 'timeZone', kind: 'zone', required: true },
    ],
  },
  {
    name: 'holidays',
    path: '/api/hospitals/{hospital}/calendar/holidays/{from}',
    one: false,
    natural: true,
    byFileOnly: false,
    files: ['text/calendar'],
    mayChange: ['ehs'],
    mayAdd: true,
    columns: [
      { name: 'hospital', kind: 'reference', table: 'hospitals', key: true, required: true },
      { name: 'from', kind: 'date', key: true, required: true },
      { name: 'until', kind: 'date', required: true },
      { name: 'name', kind: 'text', required: true, most: 120 },
    ],
  },
  {
    name: 'credentials',
    path: '/api/consultants/{consultant}/credentials/{id}',
    one: false,
    natural: false,
    byFileOnly: false,
    files: [],
    mayChange: ['ehs'],
    mayAdd: true,
    columns: [
      { name: 'consultant', kind: 'reference', table: 'consultants', key: true, required: true },
      { name: 'id', kind: 'id', key: true, required: true, most: 80 },
      { name: 'licence', kind: 'text', most: 60 },
    ],
  },
  {
    name: 'visits',
    path: '/api/consultants/{consultant}/visits/{id}',
    one: false,
    natural: false,
    byFileOnly: false,
    files: [],
    mayChange: ['other'],
    mayAdd: true,
    columns: [
      { name: 'consultant', kind: 'reference', table: 'consultants', key: true, required: true },
      { name: 'id', kind: 'id', key: true, required: true, most: 80 },
      { name: 'arrival', kind: 'instant', required: true },
      { name: 'departure', kind: 'instant', required: true },
      { name: 'remote', kind: 'flag' },
    ],
  },
  {
    name: 'people',
    path: '/api/people/{userName}~{role}',
    one: false,
    natural: true,
    byFileOnly: true,
    files: [],
    mayChange: ['ehs'],
    mayAdd: false,
    columns: [
      { name: 'userName', kind: 'text', key: true, required: true, most: 64 },
      ...name(),
      { name: 'role', kind: 'choice', key: true, choices: ['coordinator', 'display'] },
      { name: 'person', kind: 'reference', table: 'people' },
    ],
  },
  {
    name: 'sessions',
    path: '/api/conferences/{conference}/sessions/{id}',
    one: false,
    natural: false,
    byFileOnly: true,
    mayChange: ['ehs'],
    mayAdd: false,
    columns: [
      { name: 'conference', kind: 'reference', table: 'conferences', key: true, required: true },
      { name: 'id', kind: 'id', key: true, required: true, most: 80 },
      { name: 'title.en', kind: 'text', required: true, most: 300 },
    ],
  },
] as unknown as RecordTable[]

export const clinic = {
  id: 'clinic-1',
  name: { en: 'Clinic 1', ar: 'عيادة 1' },
  capacity: 6,
  equipment: ['ECG'],
}
export const clinicPath = '/api/hospitals/al-qassimi/rooms/clinic-1'

export const clinicRow = {
  key: ['al-qassimi', 'clinic-1'],
  path: clinicPath,
  tag: '"t1"',
  mayChange: true,
  cells: { hospital: 'al-qassimi', id: 'clinic-1', 'name.en': 'Clinic 1', 'name.ar': 'عيادة 1', capacity: 6, equipment: ['ECG'] },
}
export const theatreRow = {
  key: ['al-qassimi', 'theatre'],
  path: '/api/hospitals/al-qassimi/rooms/theatre',
  tag: '"t2"',
  mayChange: true,
  cells: { hospital: 'al-qassimi', id: 'theatre', 'name.en': 'Theatre', capacity: 12, until: '2026-11-28T20:00:00Z' },
}

/** A record as the hub sends it, with its tag. */
export const tagged = (record: object, tag: string, status = 200) => Response.json(record, { status, headers: { ETag: tag } })

export const list = (rows: object[], matching = rows.length, total = matching) => ({ rows, matching, total })

export const roomsAt = (more = '') => `GET /api/tables/rooms?network=ehs${more}&offset=0&take=50`

const paris = { id: 'paris', name: { en: 'Paris' }, timeZone: 'Europe/Paris' }
const asan = { id: 'asan', name: { en: 'Asan' }, timeZone: 'Asia/Seoul' }

/** What the hub answers to a coordinator of a network with one hospital and two rooms. */
export const network = () => ({
  'GET /api/session': somebody('coordinator'),
  'GET /api/tables': tables,
  'GET /api/networks': [{ network: { id: 'ehs', name: { en: 'Emirates Health' }, partners: [] }, currentWeek: '2026-W48' }],
  'GET /api/networks/ehs': {
    network: { id: 'ehs', name: { en: 'Emirates Health' }, timeZone: 'Asia/Dubai', partners: [paris, asan], version: 3 },
    currentWeek: '2026-W48',
  },
  'GET /api/hospitals?network=ehs': [
    {
      id: 'al-qassimi',
      name: { en: 'Al Qassimi Hospital', ar: 'مستشفى القاسمي' },
      timeZone: 'Asia/Dubai',
      rooms: [],
      hours: [],
      closures: [],
      version: 5,
    },
  ],
  'GET /api/consultants?network=ehs': [],
  'GET /api/networks/ehs/people': [{ id: 'p-1', name: { en: 'Noor Haddad' } }],
  'GET /api/specialties': [],
  'GET /api/tables/conferences?network=ehs&offset=0&take=200': list([
    { key: ['heart', ''], path: '/api/conferences/heart', tag: '"c"', mayChange: true, cells: { id: 'heart', 'title.en': 'Heart days' } },
  ]),
  [roomsAt()]: list([clinicRow, theatreRow]),
  'GET /api/tables/partners?network=ehs&offset=0&take=30': list(
    [paris, asan].map((partner) => ({
      key: ['ehs', partner.id],
      path: `/api/partners/${partner.id}?network=ehs`,
      tag: '"p"',
      mayChange: true,
      cells: { network: 'ehs', id: partner.id, 'name.en': partner.name.en },
    })),
  ),
})
