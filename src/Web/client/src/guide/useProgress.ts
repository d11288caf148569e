import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect } from 'react'
import useSWR from 'swr'
import { http } from '../api/http'
import type { PeoplePage } from '../api/schema'
import { useRecordChanges } from '../networks/useRecordChanges'
import { lastOf, readRows } from '../records/requests'
import { noNetwork } from '../records/tables'
import type { RecordRow } from '../records/wire'

/** The steps of the guide, in their order. */
export const steps = ['network', 'hospital', 'partner', 'consultant', 'account', 'engagement', 'ask'] as const
export type Step = (typeof steps)[number]

const tables = ['hospitals', 'rooms', 'partners', 'consultants', 'visits', 'engagements'] as const
const most = 200
/** The newest engagements are those that one may still reassign. */
const orders: Readonly<Record<string, string>> = { engagements: '&sort=start&descending=true' }
const pause = 1_000

/** What a network has already. */
export interface Progress {
  /** The first rows of each table. */
  readonly rows: Readonly<Record<(typeof tables)[number], readonly RecordRow[]>>
  readonly totals: Readonly<Record<(typeof tables)[number], number>>
  /** The consultants without an account. None are named in a large network, which no longer needs the guide. */
  readonly withoutAccount: readonly RecordRow[]
  /** Whether a step is done. The last step is only tried. */
  readonly isDone: (step: Step) => boolean
}

async function read(network: string): Promise<Progress> {
  const [people, ...found] = await Promise.all([
    http.get<PeoplePage>(`/api/people?role=consultant&network=${encodeURIComponent(network)}&take=${most}`),
    ...tables.map((table) => readRows(`/api/tables/${table}?network=${encodeURIComponent(network)}&take=${most}${orders[table] ?? ''}`)),
  ])
  const of = <T>(pick: (rows: (typeof found)[number]) => T) =>
    Object.fromEntries(tables.map((table, i) => [table, pick(found[i]!)])) as Record<(typeof tables)[number], T>
  const totals = of(({ total }) => total)
  const rows = of(({ rows }) => rows)
  const accounts = new Set(people.people.map(({ person }) => person))
  const isSmall = people.total <= most && totals.consultants <= most
  const done: Readonly<Record<Step, boolean>> = {
    network: true,
    hospital: totals.hospitals > 0 && totals.rooms > 0,
    partner: totals.partners > 0,
    consultant: totals.consultants > 0 && totals.visits > 0,
    account: people.total > 0,
    engagement: totals.engagements > 0,
    ask: false,
  }
  const withoutAccount = isSmall ? rows.consultants.filter(({ key }) => !accounts.has(lastOf(key))) : []
  return { rows, totals, withoutAccount, isDone: (step) => done[step] }
}

/** What a network has already, and a function that reads it again. It is also read again when somebody changes a record. */
export function useProgress(network: string) {
  const known = network === noNetwork ? null : network
  const { data, error, mutate } = useSWR<Progress, Error>(known && ['progress', known], () => read(known!))
  const version = useRecordChanges(known)?.reduce((sum, changes) => sum + changes.version, 0)
  // During an import, many records change in a short time.
  const readSoon = useDebouncedCallback(() => void mutate(), pause)
  useEffect(() => {
    if (version) readSoon()
  }, [version, readSoon])
  return { progress: data, error, readAgain: () => mutate() }
}
