import { Select, Stack, Text } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { useReader } from '../i18n'
import { useNow } from '../time/useNow'
import { type Room, underPicture } from './lecture'
import classes from './Room.module.css'

/** A language's name in the reader's language. */
export const languageName = (code: string, locale: string) => new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code

/**
 * The language of the captions that this device shows: the reader's choice, or else the reader's own language, or else the first language
 * in which captions are written. Empty means that no captions are shown.
 */
export function useCaptionLanguage(room: Room) {
  const { language } = useReader()
  const [chosen, choose] = useLocalStorage<string | null>({ key: 'hub.captions', defaultValue: null })
  const written = room.lecture?.captionLanguages ?? []
  const shown =
    chosen === '' ? '' : chosen !== null && written.includes(chosen) ? chosen : written.includes(language) ? language : (written[0] ?? '')
  return { shown, choose, written }
}

export function CaptionChoice({ room, label }: { room: Room; label: string }) {
  const { t, locale } = useReader()
  const { shown, choose, written } = useCaptionLanguage(room)
  const data = [
    ...written.map((code) => ({ value: code, label: languageName(code, locale) })),
    { value: '', label: t('lecture.captionsOff') },
  ]
  return (
    <Select size="xs" w={190} label={label} data={data} value={shown} onChange={(value) => choose(value ?? '')} allowDeselect={false} />
  )
}

/**
 * The newest caption lines in one language. A screen reader does not read new lines aloud, because it could not keep up. People read the
 * lines when they want to.
 */
export function CaptionsPanel({ room }: { room: Room }) {
  const { t, locale } = useReader()
  const { shown, written } = useCaptionLanguage(room)
  const lines = (room.captions.get(shown) ?? []).filter((line) => line.text)
  const log = useRef<HTMLDivElement>(null)
  const last = lines.at(-1)?.number
  // Only the log scrolls, never the page around it.
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight
  }, [last])
  if (written.length === 0) return <Text c="dimmed">{t('lecture.noCaptions')}</Text>
  return (
    <Stack gap="xs">
      <CaptionChoice room={room} label={t('lecture.captionLanguage')} />
      {shown && (
        <div
          ref={log}
          className={classes.lines}
          role="log"
          aria-live="off"
          tabIndex={0}
          lang={shown}
          dir="auto"
          aria-label={t('lecture.captionsIn', { language: languageName(shown, locale) })}
        >
          {lines.map((line) => (
            <p key={line.number} dir="auto" data-caption={line.number}>
              {line.text}
            </p>
          ))}
        </div>
      )}
    </Stack>
  )
}

/**
 * The last two caption lines, over the picture. On the display in the lecture room they are `large` and at the foot. A line disappears
 * after 20 seconds.
 * `at` is the instant of the recording that is watched, or null for now.
 */
export function CaptionStrip({ room, language, large, at }: { room: Room; language: string; large?: boolean; at?: number | null }) {
  const now = useNow(1_000)
  const lines = language ? underPicture(room.captions.get(language), at ?? now) : []
  if (lines.length === 0) return null
  return (
    <div className={classes.strip} data-large={large || undefined} lang={language} data-strip>
      {lines.map((line) => (
        <p key={line.number} dir="auto">
          {line.text}
        </p>
      ))}
    </div>
  )
}
