import type { EditEffects, SessionRecord } from '../../api/schema'
import { useCheck } from '../../commands/useCheck'
import { create, foresee, send, slugOf, useEdited } from './edit'

interface Body {
  readonly title: string
}

/**
 * Stores a session of the programme, if `on` is true. The tag is read again when the session that the person sees has another version. A
 * new session gets an id of its title.
 */
export function useLiveSession(on: boolean, conference: string, session: string | undefined, version: number) {
  const url = `/api/conferences/${conference}/sessions`
  const read = useEdited<SessionRecord>(on && session ? `${url}/${session}` : null, version)
  const tag = session ? read.data?.tag : null
  const nameOf = (body: Body) => `${conference}-${slugOf(body.title, 26) || 'session'}`
  return {
    /** Whether the session can be stored. */
    ready: !on || tag !== undefined,
    problem: read.error,
    save: (body: Body, commandId: string, reason?: string): Promise<unknown> =>
      session
        ? send(`${url}/${session}`, { tag: tag!, commandId, reason, body })
        : create((id) => `${url}/${id}`, nameOf(body), { commandId, reason, body }),
    /** The question for `useForesight`. Null if the hub is not asked. */
    question: (body: Body | null) =>
      on && body && tag !== undefined ? JSON.stringify([`${url}/${session ?? nameOf(body)}`, tag, body]) : null,
  }
}

/** Asks the hub what an edit leads to while a person types. */
export const useForesight = (question: string | null) =>
  useCheck<EditEffects>(question, (asked) => {
    const [url, tag, body] = JSON.parse(asked) as [string, string | null, object]
    return foresee(url, { tag, body })
  })
