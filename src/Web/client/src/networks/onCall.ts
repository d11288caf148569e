import type { OnCallPeriod } from '../api/schema'

/**
 * The coordinator who is on call at an instant. If several periods cover it, the one that began last is valid, and of these the one that
 * ends first. The hub decides by the same rule (`Network.OnCall`).
 */
export function onCallAt(rota: readonly OnCallPeriod[], at: string): string | undefined {
  const now = Date.parse(at)
  return rota
    .filter(({ from, to }) => Date.parse(from) <= now && now < Date.parse(to))
    .sort((a, b) => Date.parse(b.from) - Date.parse(a.from) || Date.parse(a.to) - Date.parse(b.to))[0]?.coordinator
}
