import type { Question } from '../scorecards/question'

export const ledgerUrl = (hospital: string, { from, to }: Pick<Question, 'from' | 'to'>) =>
  `/api/hospitals/${hospital}/ledger?from=${from}&to=${to}`

export const casesUrl = (hospital: string, procedure: string) => `/api/hospitals/${hospital}/ledger/cases?procedure=${procedure}`
