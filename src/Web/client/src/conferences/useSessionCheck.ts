import { http } from '../api/http'
import type { SessionCheck } from '../api/schema'
import { useCheck } from '../commands/useCheck'

/** Asks the hub about a time and a room while a person chooses them. Nothing is stored. If `place` is null, the hub is not asked. */
export const useSessionCheck = (url: string, place: object | null) =>
  useCheck<SessionCheck>(place && JSON.stringify([url, place]), (asked) => {
    const [to, body] = JSON.parse(asked) as [string, object]
    return http.post(to, body)
  })
