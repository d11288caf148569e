import { useReader } from '../i18n'
import { type Language, languageNames } from '../i18n/language'
import { stemOf } from './cells'
import type { Column } from './wire'

/** The words for a table's columns and choices. A text for the table comes before the text for all tables. */
export function useWords(table: string) {
  const { t, word } = useReader()
  const find = (group: 'columns' | 'columnHelp' | 'choices', code: string) => {
    const special = word(group, `${table}.${code}`)
    if (special !== `${table}.${code}`) return special
    const general = word(group, code)
    return general === code ? undefined : general
  }
  const stem = (name: string) => find('columns', name) ?? name
  return {
    /** The name of a column, or of the columns of one text in several languages. */
    column: (name: string) => {
      const of = stemOf({ name })
      return of ? t('records.inLanguage', { name: stem(of), language: languageNames[name.slice(of.length + 1) as Language] }) : stem(name)
    },
    help: (name: string) => find('columnHelp', name),
    choice: (column: Column, value: string) =>
      (column.name === 'role' ? word('roles', value) : undefined) ??
      find('choices', `${column.name}.${value}`) ??
      (word('choices', value) === value ? word('kinds', value) : word('choices', value)),
  }
}
