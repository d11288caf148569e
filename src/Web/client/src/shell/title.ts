import { useEffect, useLayoutEffect } from 'react'
import { useReader } from '../i18n'

const call = (title: string, product: string) => void (document.title = title ? `${title} · ${product}` : product)

/** Sets the document's title while a screen is shown. A title from the screen itself, such as a conference's, is set later. */
export function useScreenTitle(title: string) {
  const product = useReader().t('shell.product')
  useLayoutEffect(() => call(title, product), [title, product])
}

/** Sets the document's title to a title from the screen's content. While this title is not known, the screen's own title stays. */
export function useTitle(title: string | null | undefined) {
  const { t } = useReader()
  const product = t('shell.product')
  // The title is not set back when the screen goes, because the next screen has set its own title by then.
  useEffect(() => void (title && call(title, product)), [title, product])
}
