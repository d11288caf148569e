import { useMemo } from 'react'
import type { TopicItemRecordChanges } from '../api/schema'
import { useTopic } from '../live/useTopic'

/**
 * The newest changes of a network's records, live: one item for the networks, one for the hospitals and one for the consultants. Each item
 * names those that have changed last. Undefined until the hub has told them.
 */
export function useRecordChanges(network: string | null | undefined): readonly TopicItemRecordChanges[] | undefined {
  const { picture } = useTopic(network ? `records/${network}` : null)
  return useMemo(
    () => (picture.position === null ? undefined : [...picture.items.values()].filter((item) => item.type === 'recordChanges')),
    [picture],
  )
}
