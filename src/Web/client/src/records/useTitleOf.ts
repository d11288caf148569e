import { useReader } from '../i18n'
import { isOnly, shownColumns } from './tables'
import { type Names, nameIn } from './useNames'
import { useShown } from './useShown'
import type { Cells, RecordTable } from './wire'

/** A function that returns what people call a record: its name, or else what it is about, such as a person and a period. */
export function useTitleOf(table: RecordTable, names: Names) {
  const { word, nameOf } = useReader()
  const shown = useShown(table.name, names)
  return (cells: Cells): string => {
    if (isOnly(table)) return word('tables', table.name)
    const facts = shownColumns(table).filter(({ kind, required, table }) => required && kind !== 'id' && table !== 'networks')
    return (
      nameIn(cells, nameOf) ||
      facts
        .slice(0, 3)
        .flatMap((column) => shown(column, cells[column.name], cells) || [])
        .join(' · ')
    )
  }
}
