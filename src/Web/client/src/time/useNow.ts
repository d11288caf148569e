import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { localOf } from './format'

/** The time now (ms), renewed every `every` ms. */
export function useNow(every = 30_000): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}

const often = (look: () => void) => {
  const timer = setInterval(look, 10_000)
  return () => clearInterval(timer)
}

/** Today's date in a zone. It changes at midnight there while the page stays open. */
export const useToday = (zone: string) =>
  useSyncExternalStore(
    often,
    useCallback(() => localOf(Date.now(), zone).slice(0, 10), [zone]),
  )
