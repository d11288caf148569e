import { useEffect, useState } from 'react'

/**
 * Returns the focus to where it was before a dialog opened, when the dialog goes away. A dialog that the page draws only while it is open
 * needs this, because Mantine returns the focus only of dialogs that stay.
 */
export function useReturnFocus() {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
    },
    [opener],
  )
}
