import { useCallback, useRef, useState } from 'react'
import { Problem } from '../api/http'
import type { RosterCommand } from '../api/schema'
import { asCommand, send, type Wish } from './roster'

/** Sends commands to a week's roster, one at a time. The same wish sent again after a failure keeps its id, so that it happens once. */
export function useCommand(network: string, week: string) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const last = useRef<{ wish: string; command: RosterCommand } | null>(null)
  const run = useCallback(async (wish: Wish) => {
    const text = JSON.stringify(wish)
    if (last.current?.wish !== text) last.current = { wish: text, command: asCommand(wish) }
    setBusy(true)
    setProblem(undefined)
    try {
      const accepted = await send(network, week, last.current.command)
      last.current = null
      return accepted
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.status !== 0 && error.status < 500) last.current = null
      setProblem(error)
      return null
    } finally {
      setBusy(false)
    }
  }, [network, week])
  return { run, busy, problem, clear: useCallback(() => setProblem(undefined), []) }
}
