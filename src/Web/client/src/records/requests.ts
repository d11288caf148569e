import { http, Problem } from '../api/http'
import { differences } from './cells'
import { bodyOf, cellsAt } from './tables'
import type { AffectedEngagement, Cells, Preview, RecordRows, RecordTable, Use } from './wire'

const json = { Accept: 'application/json' }

export const readRows = (url: string) => http.exchange<RecordRows>('GET', url, json).then(({ value }) => value)

/** The id by which other records refer to a row. The key of an owner of records has an empty second part. */
export const lastOf = (key: readonly string[]) => key.findLast((part) => part !== '') ?? ''

/** A record as the hub has it now, and its tag. */
export interface Stored {
  readonly cells: Cells
  readonly tag: string
}

export const readRecord = async (table: RecordTable, path: string): Promise<Stored> => {
  const { value, tag } = await http.exchange<object>('GET', path, json)
  return { cells: cellsAt(table, path, value), tag: tag ?? '*' }
}

/** A change of one record. `before` is null for a new record, and `after` is null if the record is removed. */
export interface Change {
  readonly path: string
  readonly before: Cells | null
  readonly after: Cells | null
  /** The tag of the record that the person saw. Null if there was no record. */
  readonly tag: string | null
}

/** What became of a change. */
export type Outcome =
  | { readonly what: 'stored'; readonly change: Change; readonly tag: string | null; readonly hints?: readonly string[] }
  | { readonly what: 'affects'; readonly change: Change; readonly affects: readonly AffectedEngagement[] }
  | { readonly what: 'asked'; readonly change: Change; readonly question: Problem }
  | { readonly what: 'used'; readonly change: Change; readonly usedBy: readonly Use[]; readonly uses: number }
  | { readonly what: 'changed'; readonly change: Change; readonly now: Stored | null }

/**
 * Stores a change. Without a reason, the hub is first asked what the change would do. If planned engagements would suffer, or the hub
 * asks whether two people are one, nothing is stored, because a reason is needed then.
 */
export async function send(table: RecordTable, change: Change, reason: string): Promise<Outcome> {
  const { path, after, tag } = change
  const body = after === null ? undefined : bodyOf(table, after)
  const method = after === null ? 'DELETE' : 'PUT'
  const headers = {
    ...(tag === null ? { 'If-None-Match': '*' } : { 'If-Match': tag }),
    ...(reason && { 'X-Reason': encodeURIComponent(reason) }),
  }
  let hints: readonly string[] = []
  try {
    if (!reason) {
      const { value } = await http.exchange<Preview>(method, `${path}${path.includes('?') ? '&' : '?'}preview=true`, headers, body)
      if (after === null && value.usedBy?.length) return { what: 'used', change, usedBy: value.usedBy, uses: value.usedBy.length }
      if (value.affects.length > 0) return { what: 'affects', change, affects: value.affects }
      hints = value.hints?.map(({ code }) => code) ?? []
    }
    const answer = await http.exchange<object>(method, path, headers, body)
    // The hub makes the id of some records from their members.
    const now = answer.place && table.natural ? { ...change, path: answer.place } : change
    return { what: 'stored', change: now, tag: after === null ? null : (answer.tag ?? '*'), hints }
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    const { answer } = problem
    if (problem.code === 'record.affects')
      return { what: 'affects', change, affects: (answer.affects ?? []) as readonly AffectedEngagement[] }
    if (problem.code === 'credential.same-licence') return { what: 'asked', change, question: problem }
    if (problem.code === 'record.in-use') {
      const usedBy = (answer.usedBy ?? []) as readonly Use[]
      return { what: 'used', change, usedBy, uses: Number(answer.uses ?? usedBy.length) }
    }
    if (problem.code !== 'record.changed') throw problem
    const current = (answer.current ?? null) as object | null
    const now = current && { cells: cellsAt(table, path, current), tag: quoted(answer.tag) }
    // If an earlier answer was lost, the record already is as it was sent.
    const isDone = after === null ? now === null : now !== null && differences(table.columns, now.cells, after).length === 0
    return isDone ? { what: 'stored', change, tag: now?.tag ?? null } : { what: 'changed', change, now }
  }
}

/** A tag in the body of a refusal has no quotation marks. In a header it has them. */
const quoted = (tag: unknown) => (typeof tag !== 'string' ? '*' : tag.startsWith('"') ? tag : `"${tag}"`)
