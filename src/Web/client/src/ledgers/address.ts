import { daysOf } from '../scorecards/question'

/** What the address asks for. */
export interface Asked {
  readonly from: string
  readonly to: string
  readonly specialty: string | null
}

export function askedOf(search: URLSearchParams, today: string): Asked {
  const usual = daysOf('thisYear', today)
  const day = (name: 'from' | 'to') => (/^\d{4}-\d\d-\d\d$/.test(search.get(name) ?? '') ? search.get(name)! : usual[name])
  return { from: day('from'), to: day('to'), specialty: search.get('specialty') }
}

export const ledgerUrl = (hospital: string, { from, to }: Asked) => `/api/hospitals/${hospital}/ledger?from=${from}&to=${to}`

export const casesUrl = (hospital: string, procedure: string) => `/api/hospitals/${hospital}/ledger/cases?procedure=${procedure}`
