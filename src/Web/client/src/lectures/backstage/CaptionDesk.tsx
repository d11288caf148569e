import { ActionIcon, Anchor, Group, Select, Stack, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useReader } from '../../i18n'
import { languageName } from '../CaptionsPanel'
import { at, type Caption, type Room } from '../lecture'
import classes from '../Room.module.css'
import { useLectureCommand } from '../useLecture'

const offered = ['en', 'ar', 'ko', 'zh', 'ja', 'ur', 'hi', 'fr', 'ru', 'es']

/**
 * Captions in the chosen language, which a person types while somebody speaks. The time of a line is the time when its first letter was
 * typed, but at most 60 seconds before it is sent. The last six lines can be corrected.
 */
export function CaptionDesk({ session, room }: { session: string; room: Room }) {
  const { t, language, locale } = useReader()
  const command = useLectureCommand(session)
  const [into, setInto] = useState(language as string)
  const [text, setText] = useState('')
  const began = useRef(0)
  const over = room.lecture?.stage === 'ended'
  const lines = room.captions.get(into) ?? []
  const write = async () => {
    const line = text.trim()
    if (!line) return
    const secondsAgo = Math.min(60, Math.max(0, Math.round((Date.now() - began.current) / 100) / 10))
    setText('') // the next line can be typed meanwhile; a refused line comes back if nothing was typed
    if (!(await command.run({ type: 'writeCaption', language: into, text: line, secondsAgo }))) setText((typed) => typed || line)
  }
  const entry = (
    <Group gap="xs" wrap="nowrap" align="end" data-entry>
      <Select
        w="8.5rem"
        size="sm"
        label={t('lecture.captionLanguage')}
        data={[...new Set([...offered, ...room.lecture!.captionLanguages])].map((value) => ({ value, label: languageName(value, locale) }))}
        value={into}
        onChange={(value) => value && setInto(value)}
        allowDeselect={false}
      />
      {!over && (
        <form className={classes.words} onSubmit={(event) => (event.preventDefault(), void write())}>
          <TextInput
            size="sm"
            label={t('lecture.captionLine')}
            placeholder={t('lecture.captionLineHint')}
            maxLength={300}
            lang={into}
            autoComplete="off"
            value={text}
            onChange={(e) => {
              if (!text) began.current = Date.now()
              setText(e.currentTarget.value)
            }}
          />
        </form>
      )}
    </Group>
  )
  return (
    <Stack gap="xs" data-captioner>
      <div className={classes.written}>
        <div className={classes.list}>
          {lines.slice(-6).map((line) => (
            <Correct key={`${into}-${line.number}-${line.version}`} session={session} line={line} />
          ))}
        </div>
        <Group gap="xs">
          {room.lecture!.captionLanguages.map((code) => (
            <Anchor key={code} size="sm" underline="always" href={`${at(session)}/captions/${code}`} download={`${session}-${code}.vtt`}>
              {t('lecture.exportCaptions', { language: languageName(code, locale) })}
            </Anchor>
          ))}
        </Group>
      </div>
      {entry}
      <ProblemNotice problem={command.problem} />
    </Stack>
  )
}

function Correct({ session, line }: { session: string; line: Caption }) {
  const { t } = useReader()
  const command = useLectureCommand(session)
  const [text, setText] = useState(line.text)
  const changed = text !== line.text
  return (
    <form
      onSubmit={(event) => (
        event.preventDefault(),
        changed && void command.run({ type: 'writeCaption', language: line.language, text: text.trim(), number: line.number })
      )}
    >
      <TextInput
        size="xs"
        aria-label={t('lecture.correct', { number: line.number })}
        data-line={line.number}
        maxLength={300}
        lang={line.language}
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
        rightSection={
          changed && (
            <ActionIcon type="submit" size="sm" aria-label={t('lecture.save')} loading={command.busy}>
              <IconCheck size={14} />
            </ActionIcon>
          )
        }
      />
      <ProblemNotice problem={command.problem} />
    </form>
  )
}
