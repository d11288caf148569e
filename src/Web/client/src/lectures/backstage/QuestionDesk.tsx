import { Button, Group, Select, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useReader } from '../../i18n'
import type { Lecture, Question, Room } from '../lecture'
import classes from '../Room.module.css'
import { useLectureCommand } from '../useLecture'

/**
 * Waiting and answered questions can be approved. Approved questions can be shown large and marked as answered. Waiting and approved
 * questions can be merged into an approved one. Every question can be dismissed.
 */
export function QuestionDesk({ room, lecture }: { room: Room; lecture: Lecture }) {
  const { t } = useReader()
  const [pending, approved, answered] = (['pending', 'approved', 'answered'] as const).map((state) =>
    room.questions.filter((q) => q.state === state),
  ) as [Question[], Question[], Question[]]
  const list = (of: readonly Question[]) => (
    <ul className={classes.list}>
      {of.map((q) => (
        <Item key={q.number} question={q} lecture={lecture} approved={approved} />
      ))}
    </ul>
  )
  return (
    <Stack gap="sm">
      <Title order={3} size="h6">
        {t('lecture.pending')} · {pending.length}
      </Title>
      {pending.length ? (
        list([...pending].sort((a, b) => a.number - b.number))
      ) : (
        <Text size="sm" c="dimmed">
          {t('lecture.nonePending')}
        </Text>
      )}
      <Title order={3} size="h6">
        {t('lecture.approved')} · {approved.length}
      </Title>
      {approved.length ? (
        list(approved)
      ) : (
        <Text size="sm" c="dimmed">
          {t('lecture.noneApproved')}
        </Text>
      )}
      {answered.length > 0 && (
        <>
          <Title order={3} size="h6">
            {t('lecture.answered')} · {answered.length}
          </Title>
          {list(answered)}
        </>
      )}
    </Stack>
  )
}

function Item({ question, lecture, approved }: { question: Question; lecture: Lecture; approved: readonly Question[] }) {
  const { t, nameOf } = useReader()
  const command = useLectureCommand(lecture.session)
  const [merging, setMerging] = useState(false)
  const { number, state } = question
  const featured = lecture.featured === number
  const targets = approved.filter((q) => q.number !== number)
  const say = (verdict: 'approve' | 'answer' | 'dismiss') => () => void command.run({ type: 'moderateQuestion', question: number, verdict })
  return (
    <li className={classes.item} data-question={number} data-state={state} data-featured={featured || undefined}>
      <div className={classes.words}>
        <p dir="auto">{question.text}</p>
        <Text size="sm" c="dimmed">
          {question.name ? t('lecture.askedBy', { who: nameOf(question.name) }) : t('lecture.anonymously')} ·{' '}
          {t('lecture.votes', { count: question.votes })}
        </Text>
        {lecture.stage !== 'ended' && (
          <Group gap={6} mt={6}>
            {state !== 'approved' && (
              <Button size="xs" data-do="approve" loading={command.busy} onClick={say('approve')}>
                {t('lecture.approve')}
              </Button>
            )}
            {state === 'approved' && (
              <Button
                size="xs"
                variant="default"
                data-do="feature"
                aria-pressed={featured}
                onClick={() => void command.run({ type: 'featureQuestion', question: featured ? undefined : number })}
              >
                {t(featured ? 'lecture.unfeature' : 'lecture.feature')}
              </Button>
            )}
            {state === 'approved' && (
              <Button size="xs" variant="default" data-do="answer" onClick={say('answer')}>
                {t('lecture.answer')}
              </Button>
            )}
            {state !== 'answered' && targets.length > 0 && (
              <Button size="xs" variant="default" onClick={() => setMerging(!merging)} aria-expanded={merging}>
                {t('lecture.merge')}
              </Button>
            )}
            <Button size="xs" variant="default" data-do="dismiss" onClick={say('dismiss')}>
              {t('lecture.dismiss')}
            </Button>
          </Group>
        )}
        {merging && (
          <Select
            mt={6}
            size="xs"
            label={t('lecture.mergeInto')}
            searchable
            data={targets.map((q) => ({ value: String(q.number), label: q.text }))}
            value={null}
            onChange={(into) =>
              into && void command.run({ type: 'moderateQuestion', question: number, verdict: 'merge', into: Number(into) })
            }
          />
        )}
        <ProblemNotice problem={command.problem} />
      </div>
    </li>
  )
}
