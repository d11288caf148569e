import { useCallback, useSyncExternalStore } from 'react'
import { type Connection, LiveConnection, type Watched } from './LiveConnection'

let shared: LiveConnection | undefined
const live = () => (shared ??= new LiveConnection())
const nowhere = () => () => undefined
const empty: Watched = { picture: { items: new Map(), position: null, at: null }, refused: null }

/** The live picture of a topic such as `board/ehs/2026-W48`. Null watches nothing. */
export function useTopic(topic: string | null): Watched {
  const subscribe = useCallback((listener: () => void) => (topic ? live().watch(topic, listener) : nowhere()), [topic])
  return useSyncExternalStore(subscribe, () => (topic ? live().read(topic) : empty))
}

/** Asks again for a topic that was refused. */
export const askAgain = (topic: string) => live().askAgain(topic)

export function useConnection(): Connection {
  return useSyncExternalStore(live().onState, live().state)
}
