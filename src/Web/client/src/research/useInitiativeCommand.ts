import { http } from '../api/http'
import { type InputFor, useCommand } from '../commands/useCommand'
import type { InitiativeCommand } from './wire'

/** Sends commands to an initiative. */
export const useInitiativeCommand = (initiative: string, done: () => unknown) =>
  useCommand<InputFor<InitiativeCommand>>(
    (input, commandId, waiting) => http.post(`/api/initiatives/${initiative}/commands`, { ...input, commandId }, waiting),
    done,
  )
