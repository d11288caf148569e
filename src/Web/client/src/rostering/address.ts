import type { BoardView } from './view'

/** A person's choices of what to see of a week. They are in the board's address, so a reload keeps them and they can be sent to others. */
export type Chosen = Omit<BoardView, 'narrows' | 'date'>

export const everything: Chosen = {
  by: 'rooms',
  span: 'day',
  hospital: null,
  specialty: null,
  kind: null,
  status: null,
  only: 'all',
  text: '',
}

const choices: { readonly [K in 'by' | 'span' | 'only']: readonly Chosen[K][] } = {
  by: ['rooms', 'consultants'],
  span: ['day', 'week'],
  only: ['all', 'attention', 'pending'],
}

/** The choices in an address. An unknown value counts as no choice. */
export function chosenOf(search: string): Chosen {
  const said = new URLSearchParams(search)
  const one = <K extends keyof typeof choices>(key: K) => choices[key].find((choice) => choice === said.get(key)) ?? everything[key]
  return {
    by: one('by'),
    span: one('span'),
    only: one('only'),
    text: said.get('text') ?? '',
    hospital: said.get('hospital'),
    specialty: said.get('specialty'),
    kind: said.get('kind'),
    status: said.get('status'),
  } as Chosen
}

/** The local date in an address, such as `2026-11-30`, or the word `today`, which means the present day. Null if there is neither. */
export const dayOf = (search: string) => /^(?:\d{4}-\d\d-\d\d|today)$/.exec(new URLSearchParams(search).get('day') ?? '')?.[0] ?? null

/** The same address with other choices. Usual values are left out. Other parts of the address stay. */
export function searchWith(search: string, change: Partial<Chosen> & { readonly day?: string | null }): string {
  const said = new URLSearchParams(search)
  for (const [key, value] of Object.entries(change))
    if (!value || value === everything[key as keyof Chosen]) said.delete(key)
    else said.set(key, value)
  return said.size > 0 ? `?${said}` : ''
}
