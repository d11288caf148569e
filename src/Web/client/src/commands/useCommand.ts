import { useCallbackRef } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { Problem } from '../api/http'

/** A command without its id. `useCommand` gives the id when it first sends the command. */
export type InputFor<C> = C extends unknown ? Omit<C, 'commandId'> : never

type Send<W, A> = (input: W, commandId: string, waiting: () => void) => Promise<A>

/** Whether the hub has decided the command. If no answer came or the hub had a fault, the same command may be sent again. */
const isDecided = (problem: Problem) => problem.status !== 0 && problem.status < 500

/**
 * Sends commands. The caller sends one at a time. If no answer came or the hub had a fault, the same input can be sent again. It then keeps
 * its command id, so that the hub decides it only once. An input is anything that can be written as JSON.
 * @param done Called with the hub's answer. The command counts as running until this call has ended.
 */
export function useCommand<W = void, A = void>(send: Send<W, A>, done?: (answer: A) => unknown) {
  const [running, setRunning] = useState<{ readonly input: W }>()
  const [problem, setProblem] = useState<Problem>()
  const [waiting, setWaiting] = useState(false)
  const last = useRef<{ readonly text: string; readonly commandId: string } | null>(null)
  /** The hub's answer, or null when there is a problem. */
  const run = useCallbackRef(async (input: W): Promise<A | null> => {
    const text = JSON.stringify(input ?? null)
    const command = last.current?.text === text ? last.current : { text, commandId: crypto.randomUUID() }
    last.current = command
    setRunning({ input })
    setProblem(undefined)
    try {
      const answer = await send(input, command.commandId, () => setWaiting(true))
      last.current = null
      await done?.(answer)
      return answer
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (isDecided(error)) last.current = null
      setProblem(error)
      return null
    } finally {
      setRunning(undefined)
      setWaiting(false)
    }
  })
  const clear = useCallbackRef(() => setProblem(undefined))
  return {
    run,
    busy: running !== undefined,
    /** The input that is being sent. */
    input: running?.input,
    /** Whether the hub is away and the page sends the command again by itself. */
    waiting,
    problem,
    clear,
  }
}

/** The part of the result of `useCommand` that a form needs. */
export type Command<W, A = unknown> = Omit<ReturnType<typeof useCommand<W, A>>, 'run' | 'input'> & {
  readonly run: (input: W) => Promise<A | null>
}
