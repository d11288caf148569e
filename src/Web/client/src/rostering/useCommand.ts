import { useCallback, useRef, useState } from 'react'
import { Problem } from '../api/http'
import type { RosterCommand } from '../api/schema'
import { asCommand, send, type Wish } from './roster'

/** Sends commands to a week's roster, or to another week's where one is named, one at a time. The same wish sent again after a failure keeps its id, so that it happens once. */
export function useCommand(network: string, week: string) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  /** Whether the hub is away and the command is sent again by itself. */
  const [waiting, setWaiting] = useState(false)
  const last = useRef<{ wish: string; command: RosterCommand } | null>(null)
  const run = useCallback(
    async (wish: Wish, at = week) => {
      const text = JSON.stringify([at, wish])
      if (last.current?.wish !== text) last.current = { wish: text, command: asCommand(wish) }
      setBusy(true)
      setProblem(undefined)
      try {
        const accepted = await send(network, at, last.current.command, () => setWaiting(true))
        last.current = null
        return accepted
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        if (error.status !== 0 && error.status < 500) last.current = null
        setProblem(error)
        return null
      } finally {
        setBusy(false)
        setWaiting(false)
      }
    },
    [network, week],
  )
  return { run, busy, waiting, problem, clear: useCallback(() => setProblem(undefined), []) }
}
