import { addDays, instantOf } from '../time/format'

/** What the address of the screen asks for. */
export const questions = ['kind', 'person', 'text', 'from', 'to'] as const

/** One request covers at most this many days. */
const mostDays = 31

/**
 * The query for the server. Days in the screen's address are days of the reader's zone, and both of them are included. If only one of them
 * is given, the other is a week away. A period that is too long is cut at its beginning, so that the newest rows are shown.
 */
export function queryOf(asked: URLSearchParams, zone: string): string {
  const wanted = new URLSearchParams()
  for (const name of ['kind', 'person', 'text']) {
    const value = asked.get(name)?.trim()
    if (value) wanted.set(name, value)
  }
  const [first, last] = [dayOf(asked.get('from')), dayOf(asked.get('to'))]
  if (first || last) {
    const to = last ?? addDays(first!, 6)
    const earliest = addDays(to, 2 - mostDays)
    const from = first ?? addDays(to, -6)
    wanted.set('from', new Date(instantOf(from < earliest ? earliest : from, zone)).toISOString())
    wanted.set('to', new Date(instantOf(addDays(to, 1), zone)).toISOString())
  }
  wanted.set('take', '50')
  return wanted.toString()
}

const dayOf = (text: string | null) => (text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined)
