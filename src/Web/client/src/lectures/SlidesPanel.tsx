import { ActionIcon, Badge, Button, FileButton, Group, Stack, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconPlayerSkipForward, IconUpload } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import { useKeys } from '../shell/keys'
import { type Lecture, uploadSlides } from './lecture'
import { SlideView } from './SlideView'
import { useLectureCommand } from './useLecture'

/**
 * Slides in step with the speaker, or with the recording that is watched. Attendees may look at other pages and come back. A person who
 * leads the lecture turns the pages for everybody.
 */
export function SlidesPanel({ lecture, leads, again, more }: { lecture: Lecture; leads: boolean; again?: boolean; more?: ReactNode }) {
  const { t, language } = useReader()
  const command = useLectureCommand(lecture.session)
  const [browsed, browse] = useState<{ readonly page: number; readonly beside: string } | null>(null)
  const deck = lecture.slides
  // A page that the reader chose is forgotten when there is another deck, or when the reader goes from live to the recording or back. A
  // person who leads sees the chosen page at once, and the choice is forgotten as soon as the hub has turned the page for everybody.
  const beside = [deck?.id, again, leads && lecture.page].join()
  const own = browsed?.beside === beside ? browsed.page : null
  const setOwn = (page: number | null) => browse(page === null ? null : { page, beside })
  const page = deck ? Math.min(own ?? lecture.page, deck.pages) : 0
  const turn = (to: number) => {
    if (!deck || to < 1 || to > deck.pages) return
    setOwn(leads || to !== lecture.page ? to : null)
    if (leads) void command.run({ type: 'turnSlide', page: to }).then((done) => done ?? setOwn(null))
  }
  const [back, forth] = language === 'ar' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight']
  useKeys(
    deck
      ? [
          { key: back, label: t('lecture.previous'), run: () => turn(page - 1) },
          { key: forth, label: t('lecture.next'), run: () => turn(page + 1) },
        ]
      : [],
  )
  if (!deck)
    return (
      <Stack gap="xs">
        <Text c="dimmed">{t('lecture.noSlides')}</Text>
        {leads && <Upload session={lecture.session} label={t('lecture.upload')} />}
        {more}
      </Stack>
    )
  const [Back, Forth] = language === 'ar' ? [IconChevronRight, IconChevronLeft] : [IconChevronLeft, IconChevronRight]
  return (
    <Stack gap={6} data-deck={deck.id}>
      <SlideView session={lecture.session} deck={deck} page={page} />
      <Group gap="xs">
        <ActionIcon size="lg" variant="default" aria-label={t('lecture.previous')} disabled={page <= 1} onClick={() => turn(page - 1)}>
          <Back size={20} />
        </ActionIcon>
        <Text size="sm" aria-live="polite">
          {t('lecture.page', { page, pages: deck.pages })}
        </Text>
        <ActionIcon size="lg" variant="default" aria-label={t('lecture.next')} disabled={page >= deck.pages} onClick={() => turn(page + 1)}>
          <Forth size={20} />
        </ActionIcon>
        {leads ? (
          <Badge variant="light" tt="none">
            {t('lecture.forEverybody')}
          </Badge>
        ) : own === null ? (
          <Badge variant="light" color="gray" tt="none" styles={{ label: { color: 'var(--hub-text)' } }}>
            {t(again ? 'lecture.inReplay' : 'lecture.following')}
          </Badge>
        ) : (
          <Button size="xs" leftSection={<IconPlayerSkipForward size={14} aria-hidden />} onClick={() => setOwn(null)}>
            {t(again ? 'lecture.backToReplay' : 'lecture.backToLive', { page: lecture.page })}
          </Button>
        )}
        {more}
        {leads && <Upload session={lecture.session} label={t('lecture.replaceSlides')} />}
      </Group>
      <ProblemNotice problem={command.problem} />
    </Stack>
  )
}

function Upload({ session, label }: { session: string; label: string }) {
  const command = useCommand(({ file }: { file: File; name: string; size: number; lastModified: number }, commandId) =>
    uploadSlides(session, file, commandId),
  )
  const bring = (file: File | null) => file && void command.run({ file, name: file.name, size: file.size, lastModified: file.lastModified })
  return (
    <>
      <FileButton accept="application/pdf,.pdf" onChange={bring} inputProps={{ 'aria-label': label }}>
        {(props) => (
          <Button {...props} size="xs" variant="default" leftSection={<IconUpload size={14} aria-hidden />} loading={command.busy}>
            {label}
          </Button>
        )}
      </FileButton>
      <ProblemNotice problem={command.problem} />
    </>
  )
}
