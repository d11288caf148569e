import { startTransition, useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { type Connection, LiveConnection, type Watched } from './LiveConnection'

let shared: LiveConnection | undefined
const live = () => (shared ??= new LiveConnection())

/** Connects before the first page asks for a topic. */
export const connectEarly = () => void live()

const nowhere = () => () => undefined
const empty: Watched = { picture: { items: new Map(), position: null, at: null }, refused: null }

/** The live picture of a topic, drawn at once. */
export function useTopicNow(topic: string | null): Watched {
  const subscribe = useCallback((listener: () => void) => (topic ? live().watch(topic, listener) : nowhere()), [topic])
  return useSyncExternalStore(subscribe, () => (topic ? live().read(topic) : empty))
}

/**
 * The live picture of a topic such as `board/ehs/2026-W48`. If the topic is null, nothing is watched. The first picture is large. React
 * draws it in pieces, so that the page can be used meanwhile. Later changes are drawn at once.
 */
export function useTopic(topic: string | null): Watched {
  const watched = useTopicNow(topic)
  const known = watched.picture.position !== null
  const [drawn, setDrawn] = useState({ topic, known })
  // A picture that is already known when the topic changes is drawn at once.
  if (drawn.topic !== topic) setDrawn({ topic, known })
  // Changes may interrupt the drawing of the first picture again and again. React finishes it after five seconds in any case.
  useEffect(() => {
    if (known) startTransition(() => setDrawn((now) => (now.topic === topic && now.known ? now : { topic, known })))
  }, [topic, known])
  const isDrawn = drawn.topic === topic ? drawn.known : known
  return isDrawn || watched.refused ? watched : empty
}

/** Asks again for a topic that was refused. */
export const askAgain = (topic: string) => live().askAgain(topic)

export function useConnection(): Connection {
  return useSyncExternalStore(live().onState, live().state)
}
