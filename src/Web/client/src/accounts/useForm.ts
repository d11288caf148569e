import { useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useFaults } from './faults'

/**
 * The command of a form. It asks for the second factor again if the hub demands it, and puts a refusal next to the field that it is about.
 * `rest` is a refusal that is about none of the fields.
 * @param fields The fields that can show a refusal.
 * @param failed Called when the command was not done.
 */
export function useForm<W = void, A = void>(
  send: (input: W, commandId: string) => Promise<A>,
  done: (answer: A) => unknown,
  fields: readonly string[] = [],
  failed?: () => void,
) {
  const { withFactor, asking, factorDialog } = useFactorAgain()
  const command = useCommand<W, A>(
    (input, commandId) =>
      withFactor(() => send(input, commandId)).catch((error: unknown) => {
        failed?.()
        throw error
      }),
    done,
  )
  return { ...command, ...useFaults(command.problem, fields), asking, factorDialog }
}

/** The part of the result of `useForm` that the frame of a form needs. */
export type FormCommand = Pick<ReturnType<typeof useForm>, 'busy' | 'waiting' | 'rest' | 'asking' | 'factorDialog'>
