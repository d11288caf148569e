import { useCommand } from '../commands/useCommand'
import { inNetwork } from './tables'
import { http, Problem, unreachable } from '../api/http'

/** Loads a whole table as CSV and gives it to the browser to save. */
export function useExport(table: string, network: string) {
  return useCommand(async () => {
    const url = `/api/tables/${table}?${new URLSearchParams(inNetwork(network))}`
    const answer = await fetch(url, { headers: { Accept: 'text/csv' } }).catch(() => undefined)
    if (!answer) throw new Problem(0, unreachable, 'The hub cannot be reached.')
    // The refusal is read in the usual way.
    if (!answer.ok) return void (await http.get(url))
    const file = URL.createObjectURL(await answer.blob())
    const link = Object.assign(document.createElement('a'), { href: file, download: `${network}-${table}.csv` })
    link.click()
    URL.revokeObjectURL(file)
  })
}
