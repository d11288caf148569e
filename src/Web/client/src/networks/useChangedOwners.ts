import { useEffect, useEffectEvent, useRef } from 'react'
import type { KeyedMutator } from 'swr'
import { http } from '../api/http'
import type { Consultant, Hospital, NetworkView, TopicItemRecordChanges } from '../api/schema'
import { useRecordChanges } from './useRecordChanges'

interface Resource<T> {
  readonly data: T | undefined
  readonly mutate: KeyedMutator<T>
}

const kinds = ['networks', 'hospitals', 'consultants'] as const

/** If more profiles than this have changed, the whole list is read again. */
const mostAtOnce = 10

/** If the first news comes this much later than the lists, in ms, a change may have come between them. */
const late = 5_000

/** The profiles that are being read because they have changed. Several parts of a page may be told of the same change. */
const reading = new Set<string>()

/** Reads the profiles again that somebody has changed, and puts them into the lists that the page already has. */
export function useChangedOwners(
  network: string | null,
  view: Resource<NetworkView>,
  hospitals: Resource<Hospital[]>,
  consultants: Resource<Consultant[]>,
) {
  const changes = useRecordChanges(network)
  const seen = useRef<{ readonly network: string | null; readonly since: number; readonly versions: Map<string, number> }>(null)
  const renew = useEffectEvent(() => {
    if (seen.current?.network !== network) seen.current = { network, since: Date.now(), versions: new Map() }
    const { since, versions } = seen.current
    if (!changes) return
    // If nothing of a kind has changed yet, the first change of this kind comes after the lists were read.
    if (versions.size === 0) for (const kind of kinds) if (!changes.some((each) => each.kind === kind)) versions.set(kind, 0)
    for (const { kind, recent, version } of changes) {
      const before = versions.get(kind) ?? (Date.now() - since > late ? -1 : version)
      versions.set(kind, version)
      const changed = recent.filter((each) => each.version > before)
      if (changed.length === 0) continue
      if (kind === 'hospitals') void renewList('/api/hospitals', changed, hospitals)
      else if (kind === 'consultants') void renewList('/api/consultants', changed, consultants)
      else void view.mutate()
    }
  })
  useEffect(() => renew(), [network, changes])
}

async function renewList<T extends { readonly id: string }>(
  url: string,
  changed: TopicItemRecordChanges['recent'],
  { data, mutate }: Resource<T[]>,
) {
  const fresh = changed.filter(({ id, version }) => !reading.has(`${url}/${id}@${version}`))
  const names = fresh.map(({ id, version }) => `${url}/${id}@${version}`)
  if (!data || fresh.length === 0) return
  names.forEach((name) => reading.add(name))
  try {
    // Only the hub knows whether something new belongs to the list.
    const isNew = fresh.some(({ id }) => !data.some((each) => each.id === id))
    if (isNew || fresh.length > mostAtOnce) return void (await mutate())
    const found = await Promise.all(fresh.map(({ id }) => http.get<T>(`${url}/${encodeURIComponent(id)}`)))
    const newest = new Map(found.map((each) => [each.id, each]))
    await mutate((list) => list?.map((each) => newest.get(each.id) ?? each), { revalidate: false })
  } catch {
    // Something that was removed is no longer in the list.
    await mutate()
  } finally {
    names.forEach((name) => reading.delete(name))
  }
}
