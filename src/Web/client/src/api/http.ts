import type { Engagement, Finding } from './schema'

/** A refusal or fault as the server tells it (RFC 9457), with its stable code. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly findings: readonly Finding[] = [],
    readonly current: Engagement | undefined = undefined,
    readonly place: string | undefined = undefined,
  ) {
    super(message)
  }
}

/** Nothing came back: the server or the network is away. What was asked may or may not have happened; repeat it with the same command id. */
export const unreachable = 'hub.unreachable'

async function request<T>(method: string, url: string, body?: unknown): Promise<T> {
  const isFile = body instanceof Blob
  let response: Response
  try {
    response = await fetch(url, {
      method,
      headers: { 'X-Hub': '1', ...(body === undefined ? {} : { 'Content-Type': isFile ? body.type : 'application/json' }) },
      body: body === undefined ? undefined : isFile ? body : JSON.stringify(body),
    })
  } catch {
    throw new Problem(0, unreachable, 'The hub cannot be reached.')
  }
  if (response.status === 204) return undefined as T
  const text = await response.text()
  const json = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined
  if (!response.ok) throw new Problem(response.status, json?.code ?? 'hub.fault', json?.detail ?? json?.title ?? response.statusText, json?.findings, json?.current, json?.place)
  return json as T
}

export const http = {
  get: <T>(url: string) => request<T>('GET', url),
  post: <T = void>(url: string, body?: unknown) => request<T>('POST', url, body),
  put: <T = void>(url: string, body?: unknown) => request<T>('PUT', url, body),
  delete: <T = void>(url: string) => request<T>('DELETE', url),
}
