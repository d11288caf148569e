import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useReader } from '../../i18n'
import { clock } from '../../time/format'
import type { Room } from '../lecture'
import { useLectureCommand } from '../useLecture'

/** Announces a sentence to everybody, and lists the newest announcements. */
export function AnnounceDesk({ session, room }: { session: string; room: Room }) {
  const { t, locale } = useReader()
  const command = useLectureCommand(session)
  const [text, setText] = useState('')
  const say = async () => {
    if (await command.run({ type: 'announce', text: text.trim() })) setText('')
  }
  return (
    <form onSubmit={(event) => (event.preventDefault(), void say())} data-announce>
      <Stack gap="xs">
        {room.lecture?.stage !== 'ended' && (
          <TextInput
            label={t('lecture.announcement')}
            description={t('lecture.announceHint')}
            maxLength={300}
            value={text}
            onChange={(e) => setText(e.currentTarget.value)}
            rightSectionWidth="auto"
            rightSection={
              <Button type="submit" size="compact-sm" me={4} loading={command.busy} disabled={!text.trim()}>
                {t('lecture.announce')}
              </Button>
            }
          />
        )}
        {room.announcements.map((a) => (
          <Text key={a.number} size="sm" c="dimmed" dir="auto">
            {clock(a.at, room.lecture!.timeZone, locale)} · {a.text}
          </Text>
        ))}
        <ProblemNotice problem={command.problem} />
      </Stack>
    </form>
  )
}
