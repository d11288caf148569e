import type { LocalName } from '../api/schema'

/** A row of the trace, as `GET /api/audit` sends it. */
export interface AuditEntry {
  readonly id: string
  readonly at: string
  readonly lastAt?: string | null
  readonly count: number
  readonly kind: string
  readonly person?: string | null
  readonly name?: LocalName | null
  readonly address?: string | null
  readonly device?: string | null
  readonly what: string
  readonly route?: string | null
  readonly thing?: string | null
  readonly before?: string | null
  readonly after?: string | null
  readonly why?: string | null
}

export interface AuditPage {
  readonly rows: readonly AuditEntry[]
  readonly next?: string | null
}

export const kinds = [
  'signed-in',
  'sign-in-refused',
  'signed-out',
  'sign-in-ended',
  'secrets-changed',
  'refused',
  'read-private',
  'account-changed',
  'role-changed',
  'dropped',
] as const
