import { createContext, type ReactNode, useContext } from 'react'
import { createPortal } from 'react-dom'

/** The element in the top bar that takes a page's own controls. */
export const ControlsContext = createContext<HTMLElement | null>(null)

/** Shows a page's controls in the top bar. */
export function PageControls({ children }: { children: ReactNode }) {
  const slot = useContext(ControlsContext)
  return slot && createPortal(children, slot)
}
