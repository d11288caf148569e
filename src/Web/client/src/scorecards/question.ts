import type { Figure } from '../api/schema'
import { addDays } from '../time/format'

/** What the address asks for. Everything but the days may be missing. */
export interface Question {
  readonly from: string
  readonly to: string
  readonly hospital: string | null
  readonly specialty: string | null
  readonly partner: string | null
  readonly report: string | null
}

export const presets = ['thisYear', 'lastYear', 'thisMonth', 'lastMonth', 'twelveMonths', 'fiveYears'] as const
export type Preset = (typeof presets)[number]

const monthStart = (date: string) => `${date.slice(0, 7)}-01`

/** The days of a preset. Both days are included. */
export function daysOf(preset: Preset, today: string): { from: string; to: string } {
  const year = Number(today.slice(0, 4))
  const last = addDays(monthStart(today), -1)
  switch (preset) {
    case 'thisYear':
      return { from: `${year}-01-01`, to: today }
    case 'lastYear':
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` }
    case 'thisMonth':
      return { from: monthStart(today), to: today }
    case 'lastMonth':
      return { from: monthStart(last), to: last }
    case 'twelveMonths':
      return { from: addDays(today, -364), to: today }
    case 'fiveYears':
      return { from: `${year - 4}-01-01`, to: today }
  }
}

export function questionOf(search: URLSearchParams, today: string): Question {
  const usual = daysOf('thisYear', today)
  const day = (name: string, otherwise: string) => (/^\d{4}-\d\d-\d\d$/.test(search.get(name) ?? '') ? search.get(name)! : otherwise)
  return {
    from: day('from', usual.from),
    to: day('to', usual.to),
    hospital: search.get('hospital'),
    specialty: search.get('specialty'),
    partner: search.get('partner'),
    report: search.get('report'),
  }
}

/** The preset that a question's days are, if there is one. */
export const presetOf = ({ from, to }: Pick<Question, 'from' | 'to'>, today: string) =>
  presets.find((preset) => daysOf(preset, today).from === from && daysOf(preset, today).to === to) ?? null

export const query = (parts: Readonly<Record<string, string | null | undefined>>) =>
  new URLSearchParams(Object.entries(parts).filter((part): part is [string, string] => !!part[1])).toString()

const at = (network: string) => `/api/scorecards/${network}`

export const reportsUrl = (network: string) => `${at(network)}/reports`

export const scorecardUrl = (network: string, { report, ...asked }: Question) =>
  report ? `${reportsUrl(network)}/${report}` : `${at(network)}?${query(asked)}`

export const csvUrl = (network: string, { report, ...asked }: Question) =>
  report ? `${reportsUrl(network)}/${report}.csv` : `${at(network)}/figures.csv?${query(asked)}`

export const pdfUrl = (network: string, language: string, { report, ...asked }: Question) =>
  report ? `${reportsUrl(network)}/${report}.pdf?${query({ language })}` : `${at(network)}/scorecard.pdf?${query({ ...asked, language })}`

/** The figures in groups, in the order of the page. */
export const groups = {
  services: ['visits', 'clinicalVisits', 'consultations', 'evaluations', 'followUps', 'operations', 'secondOpinions'],
  teaching: ['lectures', 'conferenceSessions', 'lectureAttendances', 'clinicalTeaching', 'workshops', 'taught'],
  education: ['electives', 'trainings', 'leadershipCohorts', 'trainedPeople'],
  research: ['jointInitiatives', 'publications'],
} as const satisfies Record<string, readonly Figure[]>

/** Does not compile if a figure is in no group. */
const everyFigure: (figure: Figure) => (typeof groups)[keyof typeof groups][number] = (figure) => figure

/** The groups, each with those of its members that are shown. Groups without any are left out. */
export const groupsOf = <T extends { readonly figure: Figure }>(figures: readonly T[]) =>
  (Object.keys(groups) as (keyof typeof groups)[])
    .map((group) => ({
      group,
      figures: figures.filter(({ figure }) => (groups[group] as readonly Figure[]).includes(everyFigure(figure))),
    }))
    .filter((each) => each.figures.length > 0)

/** The page of the thing behind a row: an education programme or an initiative. Null for other things. */
export function pageOf({ kind, id }: { readonly kind: string; readonly id: string }): string | null {
  const [owner] = id.split('/')
  return kind === 'cohort' ? `/programme/${owner}` : kind === 'initiative' || kind === 'output' ? `/research/initiative/${owner}` : null
}

/** What a figure is broken down by. */
export const breakdowns = ['months', 'hospitals', 'specialties', 'partners'] as const
export type Breakdown = (typeof breakdowns)[number]

/** A number on the page: a figure, and the part of it that is counted. */
export interface Counted {
  readonly figure: Figure
  /** Only what is done and has no count. */
  readonly missing?: boolean
  readonly by?: Breakdown
  /** An empty specialty stands for rows that have none. */
  readonly id?: string
}

/** A counted number as one word in the address. */
export const wordOf = ({ figure, missing, by, id }: Counted) => [figure, missing ? 'missing' : '', by ?? '', id ?? ''].join('~')

export function countedOf(word: string | null): Counted | null {
  if (!word) return null
  const [figure, missing, by, id] = word.split('~')
  const isPart = by && (id || (by === 'specialties' && id === ''))
  return { figure: figure as Figure, missing: missing === 'missing', ...(isPart ? { by: by as Breakdown, id } : {}) }
}

/** The address of the rows behind a number. A month is cut to the days of the period. */
export function rowsUrl(network: string, { report, ...asked }: Question, { figure, missing, by, id }: Counted, file = '') {
  const part: Record<string, string | null> = report ? {} : { ...asked }
  if (by === 'months' && id) {
    const last = addDays(monthStart(addDays(`${id}-01`, 31)), -1)
    part.from = !report && asked.from > `${id}-01` ? asked.from : `${id}-01`
    part.to = !report && asked.to < last ? asked.to : last
  } else if (by && id !== undefined) part[by === 'hospitals' ? 'hospital' : by === 'specialties' ? 'specialty' : 'partner'] = id
  const withoutSpecialty = by === 'specialties' && !id ? 'true' : null
  return `${at(network)}/rows${file}?${query({ figure, missing: missing ? 'true' : null, withoutSpecialty, report, ...part })}`
}
