import { useEffect, useState } from 'react'
import { check, type Finding, type Wish } from './roster'

const rest = 250

/** What the rules say of a wish while a form is filled in; asked once it has rested for a moment. A reason changes nothing about it. */
export function useCheck(network: string, week: string, wish: Wish | null) {
  const [findings, setFindings] = useState<readonly Finding[]>([])
  const asked = wish && JSON.stringify({ ...wish, reason: undefined })
  useEffect(() => {
    if (!asked) return setFindings([])
    let wanted = true
    const timer = setTimeout(() => void check(network, week, JSON.parse(asked) as Wish).then((answer) => wanted && setFindings(answer.findings), () => undefined), rest)
    return () => void (clearTimeout(timer), (wanted = false))
  }, [asked, network, week])
  return { findings, warned: findings.length > 0 && findings.every((f) => f.overridable), refused: findings.some((f) => !f.overridable) }
}
