import { Center, Loader, Text } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { useReader } from '../i18n'
import { slidesUrl } from './lecture'
import classes from './Room.module.css'
import { drawPage, openDeck } from './slides'

/**
 * One page of a deck, as large as the space for it. The earlier page stays until the next page is drawn. Screen readers get the text of the
 * page.
 */
export function SlideView({ session, deck, page }: { session: string; deck: { id: string; pages: number }; page: number }) {
  const { t } = useReader()
  const { ref, width } = useElementSize()
  const place = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState<{ page: number; text: string } | null>(null)
  const [failure, setFailure] = useState<string>()
  const pixels = Math.min(2_560, Math.round(width * (window.devicePixelRatio || 1)))
  const asked = `${session} ${deck.id} ${page} ${pixels}`
  const failed = failure === asked
  useEffect(() => {
    if (pixels < 16 || page < 1) return
    let wanted = true
    openDeck(slidesUrl(session, deck.id))
      .then((opened) => drawPage(opened, page, pixels))
      .then(({ canvas, text }) => {
        if (!wanted) return
        canvas.setAttribute('aria-hidden', 'true')
        place.current?.replaceChildren(canvas)
        setShown({ page, text })
      })
      .catch(() => wanted && setFailure(asked))
    return () => void (wanted = false)
  }, [session, deck.id, page, pixels, asked])
  return (
    <div
      ref={ref}
      className={classes.slide}
      data-slide={shown?.page}
      data-waits={!shown || undefined}
      role="img"
      aria-label={`${t('lecture.page', { page: shown?.page ?? page, pages: deck.pages })}. ${shown?.text ?? ''}`}
    >
      <div ref={place} />
      {!shown && !failed && (
        <Center className={classes.slideWaits}>
          <Loader aria-hidden />
        </Center>
      )}
      {failed && (
        <Center className={classes.slideWaits}>
          <Text role="alert">{t('lecture.slidesFailed')}</Text>
        </Center>
      )}
    </div>
  )
}
