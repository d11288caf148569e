import { useEffectEvent, useLayoutEffect, useRef } from 'react'

/** A form with unsaved input: its address, and the question before the person leaves it. True lets them leave. */
interface Guard {
  readonly address: string
  readonly mayLeave: () => boolean
}

const guards = new Set<Guard>()

// The browser calls these listeners in the order in which they were added. This one must come before the router's, so it is added when the
// shell is loaded, and not when a form appears.
window.addEventListener('popstate', (event) => {
  for (const { address, mayLeave } of guards)
    if (location.href !== address && !mayLeave()) {
      // The page has already gone back in the history. It returns to the form before anybody has noticed.
      event.stopImmediatePropagation()
      history.pushState(history.state, '', address)
      return
    }
})

/**
 * Asks before the person leaves unsaved input: by Back, by a link, or by closing the page. The returned function lets the page leave
 * without a question, because the input was stored or the person has been asked.
 */
export function useLeaveGuard(unsaved: boolean, question: string): () => void {
  const allowed = useRef(false)
  const mayLeave = useEffectEvent(() => allowed.current || (allowed.current = window.confirm(question)))
  useLayoutEffect(() => {
    if (!unsaved) return
    allowed.current = false
    const guard = { address: location.href, mayLeave: () => mayLeave() }
    const unload = (event: BeforeUnloadEvent) => void (!allowed.current && event.preventDefault())
    const click = (event: MouseEvent) => {
      const link = (event.target as Element | null)?.closest?.('a[href]')
      if (!link || link.getAttribute('target') === '_blank' || event.ctrlKey || event.metaKey || event.shiftKey || mayLeave()) return
      event.preventDefault()
      event.stopPropagation()
    }
    guards.add(guard)
    window.addEventListener('beforeunload', unload)
    document.addEventListener('click', click, true)
    return () => {
      guards.delete(guard)
      window.removeEventListener('beforeunload', unload)
      document.removeEventListener('click', click, true)
    }
  }, [unsaved])
  return () => void (allowed.current = true)
}
