import { ActionIcon, Badge, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { PollState } from '../../api/schema'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useReader } from '../../i18n'
import type { Poll, Room } from '../lecture'
import { PollResult } from '../PollsPanel'
import classes from '../Room.module.css'
import { useLectureCommand } from '../useLecture'

const words = { draft: 'lecture.draft', open: 'lecture.isOpen', closed: 'lecture.isClosed', shown: 'lecture.isShown' } as const

/** Polls in all their states, from draft to shown result. While a poll is open, the crew sees the votes and the audience does not. */
export function PollDesk({ session, room }: { session: string; room: Room }) {
  const over = room.lecture?.stage === 'ended'
  return (
    <Stack gap="sm">
      {!over && <NewPoll session={session} />}
      <ul className={classes.list}>
        {room.polls.map((poll) => (
          <li key={poll.number} className={classes.item} data-poll={poll.number} data-state={poll.state}>
            <One session={session} poll={poll} room={room} over={over} />
          </li>
        ))}
      </ul>
    </Stack>
  )
}

function One({ session, poll, room, over }: { session: string; poll: Poll; room: Room; over: boolean }) {
  const { t } = useReader()
  const command = useLectureCommand(session)
  const tally = room.tallies.get(poll.number)
  const set = (state: PollState | undefined) => void command.run({ type: 'setPoll', poll: poll.number, state })
  return (
    <Stack gap={6} className={classes.words}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Text fw={600} flex={1}>
          <bdi>{poll.question}</bdi>
        </Text>
        <Badge variant="outline" color="gray" tt="none" styles={{ root: { color: 'var(--hub-text)', flexShrink: 0 } }}>
          {t(words[poll.state])}
        </Badge>
      </Group>
      {tally ? (
        <PollResult poll={poll} counts={tally.counts} voters={tally.voters} />
      ) : (
        <ul>
          {poll.choices.map((choice) => (
            <li key={choice}>
              <bdi>{choice}</bdi>
            </li>
          ))}
        </ul>
      )}
      {!over && (
        <Group gap={6}>
          {poll.state === 'draft' && (
            <Button size="xs" data-do="open" loading={command.busy} onClick={() => set('open')}>
              {t('lecture.openPoll')}
            </Button>
          )}
          {poll.state === 'draft' && (
            <Button size="xs" variant="default" onClick={() => set(undefined)}>
              {t('lecture.dropPoll')}
            </Button>
          )}
          {poll.state === 'open' && (
            <Button size="xs" variant="default" data-do="close" loading={command.busy} onClick={() => set('closed')}>
              {t('lecture.closePoll')}
            </Button>
          )}
          {(poll.state === 'open' || poll.state === 'closed') && (
            <Button size="xs" data-do="show" loading={command.busy} onClick={() => set('shown')}>
              {t('lecture.showPoll')}
            </Button>
          )}
        </Group>
      )}
      <ProblemNotice problem={command.problem} />
    </Stack>
  )
}

function NewPoll({ session }: { session: string }) {
  const { t } = useReader()
  const command = useLectureCommand(session)
  const [question, setQuestion] = useState('')
  const [choices, setChoices] = useState<readonly string[]>(['', ''])
  const [multiple, setMultiple] = useState(false)
  const given = choices.map((c) => c.trim()).filter(Boolean)
  const save = async () => {
    if (!(await command.run({ type: 'draftPoll', question: question.trim(), choices: given, multiple }))) return
    setQuestion('')
    setChoices(['', ''])
    setMultiple(false)
  }
  return (
    <form onSubmit={(event) => (event.preventDefault(), void save())} data-new-poll>
      <Stack gap="xs">
        <TextInput
          label={t('lecture.pollQuestion')}
          maxLength={300}
          value={question}
          onChange={(e) => setQuestion(e.currentTarget.value)}
        />
        {choices.map((choice, i) => (
          <Group key={i} gap={6} align="end" wrap="nowrap">
            <TextInput
              flex={1}
              size="xs"
              label={t('lecture.choice', { number: i + 1 })}
              maxLength={120}
              value={choice}
              onChange={(e) => setChoices(choices.with(i, e.currentTarget.value))}
            />
            {choices.length > 2 && (
              <ActionIcon
                variant="default"
                aria-label={t('lecture.removeChoice', { number: i + 1 })}
                onClick={() => setChoices(choices.toSpliced(i, 1))}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </Group>
        ))}
        <Group gap="xs">
          {choices.length < 10 && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => setChoices([...choices, ''])}
            >
              {t('lecture.addChoice')}
            </Button>
          )}
          <Checkbox label={t('lecture.several')} checked={multiple} onChange={(e) => setMultiple(e.currentTarget.checked)} />
          <Button
            type="submit"
            size="xs"
            ms="auto"
            loading={command.busy}
            disabled={!question.trim() || given.length < 2 || new Set(given).size < given.length}
          >
            {t('lecture.saveDraft')}
          </Button>
        </Group>
        <ProblemNotice problem={command.problem} />
      </Stack>
    </form>
  )
}
