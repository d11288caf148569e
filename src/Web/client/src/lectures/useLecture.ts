import { useCallback, useMemo } from 'react'
import type { LectureDone, LectureMe, LectureRole } from '../api/schema'
import { useResource } from '../api/useResource'
import { useCommand } from '../commands/useCommand'
import { useTopic } from '../live/useTopic'
import { at, roomOf, send, type CommandInput } from './lecture'

/** The room of a session, live. The crew's view also has waiting questions, drafts and tallies of polls, and raised hands. */
export function useRoom(session: string, view: 'room' | 'stage' = 'room') {
  const { picture, refused } = useTopic(view === 'room' ? `lecture/${session}` : `lecture/${session}/stage`)
  return { room: useMemo(() => roomOf(picture.items), [picture]), known: picture.position !== null, refused }
}

const nobody: LectureMe = { roles: ['attendee'], mine: { questions: [], votes: [], ballots: [], handRaised: false } }

/** The reader's roles in a lecture, and the reader's own questions, votes and hand. They are read only if `open` is true. */
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

/** Sends commands to a lecture. */
export const useLectureCommand = (session: string, done?: () => unknown) =>
  useCommand<CommandInput, LectureDone>((input, commandId) => send(session, { ...input, commandId }), done)
