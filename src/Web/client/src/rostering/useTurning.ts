import { type RefObject, useEffect } from 'react'

/** How long a wall display shows one screen of rows, in ms. */
const every = 20_000

/** Scrolls the rows of a wall display screen by screen, because nobody scrolls there. After the last screen it begins again. */
export function useTurning(scroller: RefObject<HTMLDivElement | null>, on: boolean) {
  useEffect(() => {
    if (!on) return
    const turn = () => {
      const element = scroller.current
      if (!element) return
      const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 1
      // The end of one screen is shown again at the top of the next one.
      element.scrollTo({ top: atEnd ? 0 : element.scrollTop + element.clientHeight - 100 })
    }
    const timer = setInterval(turn, every)
    return () => clearInterval(timer)
  }, [scroller, on])
}
