import type { Cell, Cells, Column } from './wire'

/** The values of a record by column. A column's name is its path in the record. */
export function cellsOf(columns: readonly Column[], record: object | null): Cells {
  const cells: Record<string, Cell> = {}
  for (const { name } of columns) {
    let value: unknown = record
    for (const part of name.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[part]
    if (value !== undefined && value !== null) cells[name] = value as Cell
  }
  return cells
}

/** The record that is sent to the hub. */
export function recordOf(columns: readonly Column[], cells: Cells): object {
  const record: Record<string, unknown> = {}
  for (const column of columns) {
    const value = clean(column, cells[column.name])
    if (value === undefined) continue
    const path = column.name.split('.')
    let at = record
    for (const part of path.slice(0, -1)) at = (at[part] ??= {}) as Record<string, unknown>
    at[path.at(-1)!] = value
  }
  return record
}

/** The value as the hub stores it: without blanks around it, and missing if it is empty. */
function clean({ kind }: Column, value: Cell | null | undefined): Cell | undefined {
  if (Array.isArray(value)) return value.length > 0 ? value : undefined
  if (typeof value === 'string') {
    const text = value.trim()
    return kind === 'time' && text.length === 5 ? `${text}:00` : text || undefined
  }
  return kind === 'flag' ? value === true : ((value ?? undefined) as Cell | undefined)
}

/** Whether two values of a column mean the same. */
export function isSame(column: Column, a: Cell | null | undefined, b: Cell | null | undefined): boolean {
  const [one, other] = [clean(column, a), clean(column, b)]
  if (column.kind === 'instant' && typeof one === 'string' && typeof other === 'string') return Date.parse(one) === Date.parse(other)
  return JSON.stringify(one) === JSON.stringify(other)
}

export const differences = (columns: readonly Column[], a: Cells, b: Cells) =>
  columns.filter((column) => !isSame(column, a[column.name], b[column.name]))

/** An id that is made from an English name, such as `clinic-1`. */
export const idFrom = (name: string, most: number) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, most)
    .replace(/-+$/, '')

/** What the columns of one text in several languages have in common: `name` for `name.en`. Undefined for other columns. */
export const stemOf = ({ name }: Pick<Column, 'name'>) => /^(.+)\.(?:en|ar|ko)$/.exec(name)?.[1]

/** The minutes of a length of time such as `1.02:30:00`, which is a day and two and a half hours. */
export function minutesOf(text: string): number | undefined {
  const [, days = '0', hours, minutes] = /^(?:(\d+)\.)?(\d+):(\d+)(?::[\d.]+)?$/.exec(text) ?? []
  return hours === undefined ? undefined : Number(days) * 1440 + Number(hours) * 60 + Number(minutes)
}

export function durationOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const days = Math.floor(minutes / 1440)
  return `${days > 0 ? `${days}.` : ''}${two(Math.floor((minutes % 1440) / 60))}:${two(minutes % 60)}:00`
}
