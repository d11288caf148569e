import { useEffect, useEffectEvent, useState } from 'react'
import type { Finding } from '../api/schema'

/** How long a form must stay unchanged before the hub is asked, in ms. */
const rest = 250

/**
 * Asks the hub a question while a person fills in a form, and returns the answer. The hub is asked when the form has not changed for a
 * moment. The last answer stays until the next one arrives. If the question is null, the hub is not asked and there is no answer.
 */
export function useCheck<A>(question: string | null, ask: (question: string) => Promise<A>): A | undefined {
  const [answer, setAnswer] = useState<A>()
  const asks = useEffectEvent(ask)
  if (!question && answer !== undefined) setAnswer(undefined)
  useEffect(() => {
    if (!question) return
    let wanted = true
    const timer = setTimeout(
      () =>
        void asks(question).then(
          (now) => wanted && setAnswer(now),
          () => undefined,
        ),
      rest,
    )
    return () => void (clearTimeout(timer), (wanted = false))
  }, [question])
  return answer
}

/** Whether findings forbid a command (`refused`), or allow it only with a reason (`warned`). */
export const weigh = (findings: readonly Finding[]) => ({
  warned: findings.length > 0 && findings.every((f) => f.overridable),
  refused: findings.some((f) => !f.overridable),
})
