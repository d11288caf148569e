// The names of this feature's wire types in the description of the interface. Other files of the folder import them from here.
import type { ChangeView, ImportView, RowReport, RowsView, RowView, TableReport as Report } from '../api/schema'

export type {
  AffectedEngagement,
  Column,
  RecordPreview as Preview,
  RecordUse as Use,
  RowOutcome as Outcome,
  TableView as RecordTable,
} from '../api/schema'

export type Single = string | number | boolean
export type Cell = Single | readonly Single[]

/** The values of a record by the names of their columns. A column without a value is missing. */
export type Cells = Readonly<Record<string, Cell | null | undefined>>

export type RecordRow = Omit<RowView, 'cells'> & { readonly cells: Cells }
export type RecordRows = Omit<RowsView, 'rows'> & { readonly rows: readonly RecordRow[] }
export type RecordChange = Omit<ChangeView, 'before' | 'after'> & { readonly before?: object | null; readonly after?: object | null }

interface CellChange {
  readonly column: string
  readonly before?: Cell | null
  readonly after?: Cell | null
}

export type ImportedRow = Omit<RowReport, 'changes'> & { readonly changes: readonly CellChange[] }
export type TableReport = Omit<Report, 'rows' | 'impossible' | 'missing'> & {
  readonly missing?: readonly { readonly key: readonly string[]; readonly cells: Cells }[] | null
  readonly rows: readonly ImportedRow[]
  readonly impossible?: readonly ImportedRow[] | null
}
export type ImportState = Omit<ImportView, 'impossible'> & { readonly impossible: readonly ImportedRow[] }
