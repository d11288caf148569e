import { useCallback, useMemo, useRef, useState } from 'react'
import { useCallbackRef } from '@mantine/hooks'
import { Problem } from '../api/http'
import type { LectureCommand, LectureDone, LectureMe, LectureRole } from '../api/schema'
import { useResource } from '../api/useResource'
import { useTopic } from '../live/useTopic'
import { asCommand, at, roomOf, send, type Wish } from './lecture'

/** The room of a session, live. The crew's view of it holds what waits, drafts and raised hands too. */
export function useRoom(session: string, view: 'room' | 'stage' = 'room') {
  const { picture, refused } = useTopic(view === 'room' ? `lecture/${session}` : `lecture/${session}/stage`)
  return { room: useMemo(() => roomOf(picture.items), [picture]), known: picture.position !== null, refused }
}

const nobody: LectureMe = { roles: ['attendee'], mine: { questions: [], votes: [], ballots: [], handRaised: false } }

/** The reader's roles and part in a lecture; asked once there is one. */
export function useMe(session: string, open: boolean) {
  const { data, mutate } = useResource<LectureMe>(open ? `${at(session)}/me` : null)
  const me = data ?? nobody
  return {
    ...me,
    is: (role: LectureRole) => me.roles.includes(role),
    isCrew: me.roles.length > 1,
    refresh: useCallback(() => mutate(), [mutate]),
  }
}

export type Me = ReturnType<typeof useMe>

/** Sends commands to a lecture, one at a time. The same wish sent again after a failure keeps its id, so that it happens once. */
export function useLectureCommand(session: string, done?: () => unknown) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const last = useRef<{ wish: string; command: LectureCommand } | null>(null)
  const after = useCallbackRef(async () => {
    await done?.()
  })
  const run = useCallback(
    async (wish: Wish): Promise<LectureDone | null> => {
      const text = JSON.stringify(wish)
      if (last.current?.wish !== text) last.current = { wish: text, command: asCommand(wish) }
      setBusy(true)
      setProblem(undefined)
      try {
        const answer = await send(session, last.current.command)
        last.current = null
        await after()
        return answer
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        if (error.status !== 0 && error.status < 500) last.current = null
        setProblem(error)
        return null
      } finally {
        setBusy(false)
      }
    },
    [session, after],
  )
  return { run, busy, problem, clear: useCallback(() => setProblem(undefined), []) }
}
