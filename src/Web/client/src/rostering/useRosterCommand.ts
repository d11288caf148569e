import { useCallback } from 'react'
import { useCommand } from '../commands/useCommand'
import { send, type Wish } from './roster'

/** Sends commands to a week's roster, or to the roster of another week that the caller names. */
export function useRosterCommand(network: string, week: string) {
  const { run: sendTo, ...command } = useCommand(({ at, wish }: { at: string; wish: Wish }, commandId, waiting) =>
    send(network, at, { ...wish, commandId }, waiting),
  )
  const run = useCallback((wish: Wish, at = week) => sendTo({ at, wish }), [sendTo, week])
  return { ...command, run }
}

export type UsedRosterCommand = ReturnType<typeof useRosterCommand>
