import useSWR from 'swr'
import { http, type Problem } from '../../api/http'
import type { Conference, EditEffects, SessionRecord } from '../../api/schema'

/** Something that can be edited, as the hub has it, and the tag of its content. */
export interface Read<T> {
  readonly value: T
  readonly tag: string
}

/** The address of what an edit would change: the draft's, if there is a draft. */
export const edited = (url: string) => `${url}?draft=true`

/** Reads what a dialog edits, once while the dialog is open. The key `at` reads it again. */
export const useEdited = <T>(url: string | null, at: unknown = 0) =>
  useSWR<Read<T>, Problem>(
    url && ['edited', url, at],
    async () => {
      const { value, tag } = await http.exchange<T>('GET', edited(url!))
      return { value, tag: tag ?? '*' }
    },
    { revalidateOnFocus: false, revalidateIfStale: true, dedupingInterval: 0 },
  )

interface Edit {
  /** The tag of what the person saw. Null if the thing is new. */
  readonly tag: string | null
  readonly commandId?: string
  readonly reason?: string
  /** Undefined deletes. */
  readonly body?: unknown
}

const headersOf = ({ tag, commandId, reason }: Edit) => ({
  ...(tag === null ? { 'If-None-Match': '*' } : { 'If-Match': tag }),
  ...(commandId && { 'X-Command-Id': commandId }),
  ...(reason && { 'X-Reason': encodeURIComponent(reason) }),
})

const methodOf = ({ body }: Edit) => (body === undefined ? 'DELETE' : 'PUT')

export const send = <T>(url: string, edit: Edit) =>
  http.exchange<T>(methodOf(edit), url, headersOf(edit), edit.body).then(({ value }) => value)

/** Says what an edit leads to. Nothing is stored. */
export const foresee = (url: string, edit: Edit) =>
  http.exchange<EditEffects>(methodOf(edit), `${url}?preview=true`, headersOf(edit), edit.body).then(({ value }) => value)

/** What can be withdrawn or deleted: a conference or one of its sessions. */
export interface Target {
  readonly url: string
  readonly title: string
  readonly what: 'conference' | 'session'
}

/** The content of a conference or a session that is withdrawn. */
export const withdrawn = (what: Target['what'], value: Conference | SessionRecord) =>
  what === 'conference' ? { ...value, withdrawn: true } : { ...value, cancelled: true }

/** The beginning of an id, made of the Latin letters and digits of a title. Empty if it has none. */
export const slugOf = (title: string, most: number) =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, most)
    .replace(/-$/, '')

const mostNamesakes = 50

/** Creates something under the first free id: the name itself, or the name with a number. */
export async function create<T>(urlOf: (id: string) => string, name: string, edit: Omit<Edit, 'tag'>): Promise<T> {
  for (let n = 1; ; n++)
    try {
      return await send<T>(urlOf(n === 1 ? name : `${name}-${n}`), { ...edit, tag: null })
    } catch (problem) {
      if ((problem as Problem).code !== 'record.changed' || n === mostNamesakes) throw problem
    }
}
