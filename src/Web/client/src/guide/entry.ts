import { http, Problem } from '../api/http'
import { bodyOf } from '../records/tables'
import type { Cells, RecordTable } from '../records/wire'

/** A new record with the name of its table. */
export interface NewRecord {
  readonly table: string
  readonly cells: Cells
}

/** New records of one owner, which the hub stores together or not at all. */
export interface Entry {
  readonly owner: string
  readonly records: readonly NewRecord[]
}

/**
 * Stores new records. The place of a refusal is then `$.table.column`, so that a form can show it at its field. If there is such a record
 * already, the id is at fault.
 */
export async function enter(tables: readonly RecordTable[], { owner, records }: Entry, commandId: string): Promise<void> {
  const body = { commandId, owner, records: records.map(({ table, cells }) => ({ table, record: bodyOf(tableOf(tables, table), cells) })) }
  try {
    await http.post('/api/records', body)
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    const [, index, column = ''] = /^\$\.records\[(\d+)\]\.record\.?(.*)$/.exec(problem.place ?? '') ?? []
    const table = records[Number(index ?? 0)]?.table ?? records[0]!.table
    const exists = problem.code === 'record.changed'
    throw new Problem(
      exists ? 409 : problem.status,
      exists ? 'record.twice' : problem.code,
      problem.message,
      problem.findings,
      problem.current,
      exists ? `$.${table}.id` : index === undefined ? problem.place : `$.${table}.${column}`,
    )
  }
}

export const tableOf = (tables: readonly RecordTable[], name: string) => tables.find((table) => table.name === name)!
