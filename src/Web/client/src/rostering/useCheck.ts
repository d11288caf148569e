import { useEffect, useEffectEvent, useState } from 'react'
import { check, type Finding, type Wish } from './roster'

const rest = 250

/** The hub's answer to a question while a form is filled in; asked once the form has rested for a moment. Until the next one is there it stays. */
export function useAnswer<A>(question: string | null, ask: (question: string) => Promise<A>): A | undefined {
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

/** Whether findings forbid something, or ask for a reason. */
export const weigh = (findings: readonly Finding[]) => ({
  warned: findings.length > 0 && findings.every((f) => f.overridable),
  refused: findings.some((f) => !f.overridable),
})

/** What the rules say of a wish while a form is filled in. A reason changes nothing about it. */
export function useCheck(network: string, week: string, wish: Wish | null) {
  const question = wish && JSON.stringify([network, week, { ...wish, reason: undefined }])
  const findings = useAnswer(question, (asked) => check(...(JSON.parse(asked) as [string, string, Wish])))?.findings ?? []
  return { findings, ...weigh(findings) }
}
