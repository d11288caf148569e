import { Badge, Button, Checkbox, Group, Stack, Text, Textarea, VisuallyHidden } from '@mantine/core'
import { IconArrowBigUp, IconArrowBigUpFilled } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import type { Question, Room } from './lecture'
import classes from './Room.module.css'
import { type Me, useLectureCommand } from './useLecture'

/**
 * The reader's own questions that wait for approval, the approved questions by votes, and the answered questions. In a recording the reader
 * cannot vote for the questions of that moment. The reader can ask new questions until the lecture has ended.
 */
export function QuestionsPanel({ session, room, me, over, again }: { session: string; room: Room; me: Me; over: boolean; again: boolean }) {
  const { t } = useReader()
  const shown = room.questions.filter((q) => q.state !== 'pending')
  // A question that waits for approval is only in the reader's own part. Once it is approved, it moves to the room's part.
  const waiting = me.mine.questions.filter(
    (q) => q.state === 'pending' && !room.questions.some((k) => k.number === q.number && k.state !== 'pending'),
  )
  const own = new Set(me.mine.questions.map((q) => q.number))
  return (
    <Stack gap="sm">
      {!over && <Ask session={session} me={me} />}
      <ul className={classes.list}>
        {waiting.map((q) => (
          <li key={q.number} className={classes.item} data-question={q.number} data-state="pending">
            <div className={classes.words}>
              <p dir="auto">{q.text}</p>
              <Text size="sm" c="dimmed">
                {t('lecture.waitsForModerator')}
              </Text>
            </div>
          </li>
        ))}
        {shown.map((q) => (
          <Item
            key={q.number}
            session={session}
            question={q}
            featured={room.lecture?.featured === q.number}
            own={own.has(q.number)}
            me={me}
            over={over || again}
          />
        ))}
      </ul>
      {waiting.length + shown.length === 0 && <Text c="dimmed">{t(again ? 'lecture.noQuestionsThen' : 'lecture.noQuestions')}</Text>}
    </Stack>
  )
}

function Item({
  session,
  question,
  featured,
  own,
  me,
  over,
}: {
  session: string
  question: Question
  featured: boolean
  own: boolean
  me: Me
  over: boolean
}) {
  const { t, nameOf, locale } = useReader()
  const number = new Intl.NumberFormat(locale)
  const command = useLectureCommand(session, me.refresh)
  const voted = me.mine.votes.includes(question.number)
  const Arrow = voted ? IconArrowBigUpFilled : IconArrowBigUp
  return (
    <li className={classes.item} data-question={question.number} data-state={question.state} data-featured={featured || undefined}>
      {question.state === 'approved' && !over ? (
        <Button
          variant={voted ? 'filled' : 'default'}
          px="xs"
          aria-pressed={voted}
          leftSection={<Arrow size={18} aria-hidden />}
          loading={command.busy}
          onClick={() => void command.run({ type: 'voteForQuestion', question: question.number, for: !voted })}
        >
          <span aria-hidden>{number.format(question.votes)}</span>
          <VisuallyHidden>
            {t('lecture.voteFor')} · {t('lecture.votes', { count: question.votes })}
          </VisuallyHidden>
        </Button>
      ) : (
        <Text size="sm" c="dimmed">
          {t('lecture.votes', { count: question.votes })}
        </Text>
      )}
      <div className={classes.words}>
        {featured && (
          <Badge variant="light" tt="none" mb={4}>
            {t('lecture.nowAsked')}
          </Badge>
        )}
        <p dir="auto">{question.text}</p>
        <Group gap="xs" mt={2}>
          <Text size="sm" c="dimmed">
            {question.name ? t('lecture.askedBy', { who: nameOf(question.name) }) : t('lecture.anonymously')}
          </Text>
          {own && (
            <Badge variant="outline" color="gray" tt="none" styles={{ root: { color: 'var(--hub-text)' } }}>
              {t('lecture.mine')}
            </Badge>
          )}
          {question.state === 'answered' && (
            <Badge variant="outline" color="gray" tt="none" styles={{ root: { color: 'var(--hub-text)' } }}>
              {t('lecture.answered')}
            </Badge>
          )}
        </Group>
        <ProblemNotice problem={command.problem} />
      </div>
    </li>
  )
}

function Ask({ session, me }: { session: string; me: Me }) {
  const { t } = useReader()
  const command = useLectureCommand(session, me.refresh)
  const [text, setText] = useState('')
  const [anonymous, setAnonymous] = useState(false)
  const [sent, setSent] = useState(false)
  const ask = async () => {
    if (!text.trim() || !(await command.run({ type: 'askQuestion', text: text.trim(), anonymous }))) return
    setText('')
    setSent(true)
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void ask()
  }
  return (
    <form onSubmit={(event) => (event.preventDefault(), void ask())}>
      <Stack gap="xs">
        <Textarea
          label={t('lecture.ask')}
          description={t('lecture.askHint')}
          autosize
          minRows={2}
          maxLength={500}
          value={text}
          onKeyDown={keys}
          onChange={(e) => (setText(e.currentTarget.value), setSent(false))}
        />
        <Group justify="space-between">
          <Checkbox label={t('lecture.anonymous')} checked={anonymous} onChange={(e) => setAnonymous(e.currentTarget.checked)} />
          <Button type="submit" loading={command.busy} disabled={!text.trim()}>
            {t('lecture.send')}
          </Button>
        </Group>
        <Text size="sm" role="status">
          {sent && t('lecture.sent')}
        </Text>
        <ProblemNotice problem={command.problem} />
      </Stack>
    </form>
  )
}
