import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import type { CaptionFile, LectureFiles } from '../api/schema'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'
import { clock, length } from '../time/format'
import { languageName } from './CaptionsPanel'
import { at, type Lecture } from './lecture'
import classes from './Room.module.css'

const shows = { screen: 'lecture.showsScreen', camera: 'lecture.showsCamera', sound: 'lecture.showsSound' } as const

/**
 * The files of a recorded lecture, for any player: the whole lecture in one file if possible, and the files of each time that somebody was
 * on air. Camera and screen have separate files. If there are captions, each file has captions with matching times.
 */
export function RecordingFiles({ lecture }: { lecture: Lecture }) {
  const { t, nameOf, locale } = useReader()
  const [open, setOpen] = useState(false)
  const { data } = useResource<LectureFiles>(open ? `${at(lecture.session)}/recording/files` : null)
  const time = (instant: string) => clock(instant, lecture.timeZone, locale)
  return (
    <Stack gap="xs" align="start">
      <Button
        size="xs"
        variant="default"
        aria-expanded={open}
        leftSection={<IconDownload size={14} aria-hidden />}
        onClick={() => setOpen(!open)}
        data-do="files"
      >
        {t('lecture.files')}
      </Button>
      {open && data && (
        <Text size="sm" c="dimmed">
          {t(data.files.length > 0 ? 'lecture.filesHint' : 'lecture.noFiles')}
        </Text>
      )}
      {open && data?.notJoined && (
        <Text size="sm" c="dimmed" data-not-joined={data.notJoined}>
          {t(data.notJoined === 'recording.growing' ? 'lecture.notJoinedYet' : 'lecture.notJoined')}
        </Text>
      )}
      {open && data && data.files.length > 0 && (
        <ol className={classes.list}>
          {data.joined && (
            <li className={classes.item} data-file={data.joined.name}>
              <div className={classes.words}>
                <Anchor href={data.joined.url} download={data.joined.name} underline="always" fw={600}>
                  {t('lecture.wholeLecture')} ·{' '}
                  <bdi>
                    {time(data.joined.from)}–{time(data.joined.to)}
                  </bdi>
                </Anchor>
                <Text size="sm" c="dimmed">
                  {t('lecture.wholeLectureHint', { length: length(data.joined.seconds * 1000, locale) })} <bdi>{data.joined.name}</bdi>
                </Text>
                <Captions files={data.joined.captions} />
              </div>
            </li>
          )}
          {data.files.map((file) => (
            <li key={file.name} className={classes.item} data-file={file.name}>
              <div className={classes.words}>
                <Anchor href={file.url} download={file.name} underline="always">
                  <bdi>{nameOf(file.who)}</bdi> · {t(shows[file.shows as keyof typeof shows])} ·{' '}
                  <bdi>
                    {time(file.from)}–{time(file.to)}
                  </bdi>
                </Anchor>
                <Text size="sm" c="dimmed">
                  <bdi>{file.name}</bdi>
                </Text>
                <Captions files={file.captions} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </Stack>
  )
}

function Captions({ files }: { files: readonly CaptionFile[] }) {
  const { t, locale } = useReader()
  return (
    files.length > 0 && (
      <Group gap="sm" mt={4}>
        {files.map((c) => (
          <Anchor key={c.language} size="sm" href={c.url} download={c.name} underline="always">
            {t('lecture.captionsIn', { language: languageName(c.language, locale) })}
          </Anchor>
        ))}
      </Group>
    )
  )
}
