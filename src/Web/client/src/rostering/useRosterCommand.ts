import { useCallback } from 'react'
import { useCommand } from '../commands/useCommand'
import { send, type CommandInput } from './roster'

/** Sends commands to a week's roster, or to the roster of another week that the caller names. */
export function useRosterCommand(network: string, week: string) {
  const { run: sendTo, ...command } = useCommand(({ at, input }: { at: string; input: CommandInput }, commandId, waiting) =>
    send(network, at, { ...input, commandId }, waiting),
  )
  const run = useCallback((input: CommandInput, at = week) => sendTo({ at, input }), [sendTo, week])
  return { ...command, run }
}

export type UsedRosterCommand = ReturnType<typeof useRosterCommand>
