import { useEffect, useLayoutEffect } from 'react'
import { useReader } from '../i18n'

const call = (title: string, product: string) => void (document.title = title ? `${title} · ${product}` : product)

/** Sets the document's title while a screen is shown. A title from the screen itself, such as a conference's, is set later. */
export function useScreenTitle(title: string) {
  const product = useReader().t('shell.product')
  useLayoutEffect(() => call(title, product), [title, product])
}

/** Sets the document's title by the screen's content. Without a title yet, the screen's own title stays. */
export function useTitle(title: string | null | undefined) {
  const { t } = useReader()
  const product = t('shell.product')
  // The title is not taken back, because the next screen has set its own by then.
  useEffect(() => void (title && call(title, product)), [title, product])
}
