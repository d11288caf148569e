import { useEffect, useLayoutEffect } from 'react'
import { useReader } from '../i18n'

const call = (title: string, product: string) => void (document.title = title ? `${title} · ${product}` : product)

/** What the document is called while a screen is shown. It is set before what the screen itself knows, such as a conference's title. */
export function useScreenTitle(title: string) {
  const product = useReader().t('shell.product')
  useLayoutEffect(() => call(title, product), [title, product])
}

/** Calls the document by what the screen shows; with nothing to say yet, the screen's own title stays. */
export function useTitle(title: string | null | undefined) {
  const { t } = useReader()
  const product = t('shell.product')
  // Nothing is taken back: the next screen has called itself by then.
  useEffect(() => void (title && call(title, product)), [title, product])
}
