import { useReader } from '../i18n'
import { clock, datedDay, inUnits, zoneCity } from '../time/format'
import { minutesOf } from './cells'
import type { Names } from './useNames'
import { useWords } from './useWords'
import type { Cell, Cells, Column, Single } from './wire'

/** A function that writes a cell as people say it. A cell without a value gives an empty text. */
export function useShown(table: string, names: Names) {
  const { t, locale } = useReader()
  const words = useWords(table)
  const one = (column: Column, value: Single, cells: Cells): string => {
    const text = String(value)
    switch (column.kind) {
      case 'flag':
        return t(value ? 'records.yes' : 'records.no')
      case 'number':
        return new Intl.NumberFormat(locale).format(Number(value))
      case 'fraction':
        return new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(Number(value))
      case 'duration':
        return minutesText(minutesOf(text) ?? 0, locale)
      case 'date':
        return datedDay(`${text}T12:00:00Z`, 'UTC', locale)
      case 'time':
        return text.slice(0, 5)
      case 'instant':
        return `${datedDay(text, names.zone, locale)} ${clock(text, names.zone, locale)}`
      case 'zone':
        return zoneCity(text, locale)
      case 'choice':
        return words.choice(column, text)
      case 'reference':
        return names.of(column.table!, text, cells)
      case 'id':
      case 'text':
        // A speaker who is a consultant has the consultant's id behind the name. People need only the name.
        return column.name === 'speakers' ? text.replace(/ <[^<>]*>$/, '') : text
    }
  }
  return (column: Column, value: Cell | null | undefined, cells: Cells): string => {
    if (value === undefined || value === null || value === '') return ''
    return Array.isArray(value)
      ? (value as readonly Single[]).map((each) => `\u2068${one(column, each, cells)}\u2069`).join(locale.startsWith('ar') ? '، ' : ', ')
      : one(column, value as Single, cells)
  }
}

export type Shown = ReturnType<typeof useShown>

function minutesText(minutes: number, locale: string) {
  const parts = [[Math.floor(minutes / 60), 'hour'] as const, [minutes % 60, 'minute'] as const].filter(([value]) => value > 0)
  return inUnits(parts.length > 0 ? parts : [[0, 'minute']], locale, 'short')
}
