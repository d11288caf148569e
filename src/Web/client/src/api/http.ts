import type { Engagement, Finding } from './schema'
import { noteRefusal } from './signedOut'

/** A refusal or a fault as the server describes it (RFC 9457), with its stable code. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly findings: readonly Finding[] = [],
    readonly current: Engagement | undefined = undefined,
    readonly place: string | undefined = undefined,
    /** For a refused file: the stable name of the sentence in `message`, and the values in that sentence. */
    readonly sentence: string | undefined = undefined,
    readonly values: Readonly<Record<string, string>> = {},
    /** The action that the person lacks, such as `roster.plan`, and who can give a role with it. */
    readonly lacks: { readonly action: string; readonly givenBy: 'coordinator' | 'administrator' } | undefined = undefined,
    /** The whole answer, for members that only one feature knows. */
    readonly answer: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
  }
}

/**
 * No answer came, because the server or the network is away. The hub may or may not have decided the command. Send it again with the same
 * command id.
 */
export const unreachable = 'hub.unreachable'

/** Statuses of a hub that is away for a moment: no answer, a proxy without a node, or a node that reaches no storage or is stopping. */
const away = new Set([0, 502, 503, 504])

/**
 * How long a change is sent again and again while no answer comes, in ms. A hub that restarts and a cluster that loses a machine answer
 * again within this time. The second value applies when the page tells the person that the change waits.
 */
const patience = 30_000,
  patienceTold = 120_000
const firstPause = 250,
  longestPause = 2_000

/**
 * Sends a change again and again until an answer comes or the time above is over. Use it only for changes that are harmless to send twice.
 * `waiting` is called each time before the change is sent again.
 */
async function insist<T>(send: () => Promise<T>, waiting?: () => void): Promise<T> {
  const until = Date.now() + (waiting ? patienceTold : patience)
  for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 2)) {
    try {
      return await send()
    } catch (error) {
      const wait = pause * (0.5 + Math.random() / 2)
      if (!(error instanceof Problem) || !away.has(error.status) || Date.now() + wait > until) throw error
      waiting?.()
      await new Promise((resume) => setTimeout(resume, wait))
    }
  }
}

/** A command id makes a repeat harmless. */
const hasCommandId = (body: unknown) => typeof body === 'object' && body !== null && 'commandId' in body

/** What the hub answered. `tag` is the version of what is stored now (ETag), and `place` is the address of something new (Location). */
export interface Tagged<T> {
  readonly value: T
  readonly tag: string | null
  readonly place: string | null
}

const request = async <T>(method: string, url: string, body?: unknown): Promise<T> => (await exchange<T>(method, url, body)).value

async function exchange<T>(
  method: string,
  url: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Tagged<T>> {
  const isFile = body instanceof Blob
  let response: Response
  try {
    response = await fetch(url, {
      method,
      headers: {
        ...(method === 'GET' ? {} : { 'X-Hub': '1' }),
        ...(body === undefined ? {} : { 'Content-Type': isFile ? body.type : 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : isFile ? body : JSON.stringify(body),
    })
  } catch {
    throw new Problem(0, unreachable, 'The hub cannot be reached.')
  }
  if (response.status === 204) return { value: undefined as T, tag: null, place: null }
  const text = await response.text()
  const json = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined
  if (!response.ok) {
    const problem = new Problem(
      response.status,
      json?.code ?? 'hub.fault',
      json?.detail ?? json?.title ?? response.statusText,
      json?.findings,
      json?.current,
      json?.place,
      undefined,
      undefined,
      json?.action && { action: json.action, givenBy: json.givenBy === 'coordinator' ? 'coordinator' : 'administrator' },
      json,
    )
    noteRefusal(problem.status, problem.code)
    throw problem
  }
  return { value: json as T, tag: response.headers.get('etag'), place: response.headers.get('location') }
}

export const http = {
  get: <T>(url: string) => request<T>('GET', url),
  /** The request is sent again while the hub is away, if the body carries a command id. */
  post: <T = void>(url: string, body?: unknown, waiting?: () => void) =>
    hasCommandId(body) ? insist(() => request<T>('POST', url, body), waiting) : request<T>('POST', url, body),
  /**
   * Like `post`, but the request is always sent again while the hub is away. Use it for a change that may be repeated without harm, such as
   * an acknowledgement.
   */
  postAgain: <T = void>(url: string, body?: unknown, waiting?: () => void) => insist(() => request<T>('POST', url, body), waiting),
  put: <T = void>(url: string, body?: unknown) => insist(() => request<T>('PUT', url, body)),
  delete: <T = void>(url: string) => insist(() => request<T>('DELETE', url)),
  /** Sends a request with further headers, and also returns the tag. A change is sent again while the hub is away. */
  exchange: <T>(method: 'GET' | 'PUT' | 'DELETE', url: string, headers: Readonly<Record<string, string>> = {}, body?: unknown) =>
    method === 'GET' ? exchange<T>(method, url, body, headers) : insist(() => exchange<T>(method, url, body, headers)),
}
