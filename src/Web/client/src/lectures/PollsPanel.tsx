import { Button, Checkbox, Group, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { type Poll, type Room, shares } from './lecture'
import classes from './Room.module.css'
import { type Me, useLectureCommand } from './useLecture'

/** All polls except drafts. Only a shown poll has its result. In a recording, nobody can vote in a poll that was open at that moment. */
export function PollsPanel({ session, room, me, again }: { session: string; room: Room; me: Me; again: boolean }) {
  const { t } = useReader()
  const shown = room.polls.filter((p) => p.state !== 'draft')
  if (shown.length === 0) return <Text c="dimmed">{t('lecture.noPolls')}</Text>
  return (
    <ul className={classes.list}>
      {shown.map((poll) => (
        <li key={poll.number} className={classes.item} data-poll={poll.number} data-state={poll.state}>
          <div className={classes.words}>
            <One session={session} poll={poll} me={me} again={again} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function One({ session, poll, me, again }: { session: string; poll: Poll; me: Me; again: boolean }) {
  const { t } = useReader()
  if (poll.state === 'open' && !again) return <Ballot session={session} poll={poll} me={me} />
  return (
    <Stack gap="xs">
      <Text fw={600}>
        <bdi>{poll.question}</bdi>
      </Text>
      {poll.state === 'open' && (
        <ul className={classes.list}>
          {poll.choices.map((choice) => (
            <li key={choice}>
              <bdi>{choice}</bdi>
            </li>
          ))}
        </ul>
      )}
      {poll.state === 'shown' ? (
        <PollResult poll={poll} counts={poll.counts} voters={poll.voters} />
      ) : (
        <Text size="sm" c="dimmed">
          {t(poll.state === 'open' ? 'lecture.openThen' : 'lecture.closed')}
        </Text>
      )}
    </Stack>
  )
}

/** Each choice with its share of the voters, as a number and as a bar. */
export function PollResult({ poll, counts, voters }: { poll: Poll; counts: readonly number[]; voters: number }) {
  const { t, locale } = useReader()
  const parts = shares(counts, voters)
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  const number = new Intl.NumberFormat(locale)
  return (
    <Stack gap={6}>
      <ul className={classes.list}>
        {poll.choices.map((choice, i) => (
          <li key={choice} className={classes.bar} data-choice={i} data-count={counts[i] ?? 0}>
            <i style={{ inlineSize: `${(parts[i] ?? 0) * 100}%` }} aria-hidden />
            <span>
              <bdi>{choice}</bdi>
              <span>{t('lecture.share', { percent: percent.format(parts[i] ?? 0), count: number.format(counts[i] ?? 0) })}</span>
            </span>
          </li>
        ))}
      </ul>
      <Text size="sm">{voters === 0 ? t('lecture.noVotes') : t('lecture.voters', { count: voters })}</Text>
    </Stack>
  )
}

function Ballot({ session, poll, me }: { session: string; poll: Poll; me: Me }) {
  const { t } = useReader()
  const command = useLectureCommand(session, me.refresh)
  const given = me.mine.ballots.find((b) => b.poll === poll.number)?.choices
  const [changing, setChanging] = useState(false)
  const [chosen, setChosen] = useState<readonly number[]>([])
  const voting = !given || changing
  const choices = voting ? chosen : given
  const vote = async () => {
    if (await command.run({ type: 'voteInPoll', poll: poll.number, choices: [...chosen] })) setChanging(false)
  }
  const label = (
    <Text span fw={600}>
      <bdi>{poll.question}</bdi>
    </Text>
  )
  const hint = t(poll.multiple ? 'lecture.chooseSeveral' : 'lecture.chooseOne')
  const boxes = poll.choices.map((choice, i) =>
    poll.multiple ? (
      <Checkbox key={choice} value={String(i)} label={<bdi>{choice}</bdi>} disabled={!voting} />
    ) : (
      <Radio key={choice} value={String(i)} label={<bdi>{choice}</bdi>} disabled={!voting} />
    ),
  )
  return (
    <form onSubmit={(event) => (event.preventDefault(), void vote())}>
      <Stack gap="sm">
        {poll.multiple ? (
          <Checkbox.Group label={label} description={hint} value={choices.map(String)} onChange={(all) => setChosen(all.map(Number))}>
            <Stack gap="xs" mt="xs">
              {boxes}
            </Stack>
          </Checkbox.Group>
        ) : (
          <Radio.Group
            label={label}
            description={hint}
            value={choices[0] === undefined ? null : String(choices[0])}
            onChange={(one) => setChosen([Number(one)])}
          >
            <Stack gap="xs" mt="xs">
              {boxes}
            </Stack>
          </Radio.Group>
        )}
        <Group>
          {voting ? (
            <Button type="submit" loading={command.busy} disabled={chosen.length === 0}>
              {t('lecture.vote')}
            </Button>
          ) : (
            <>
              <Text size="sm" role="status">
                {t('lecture.counted')}
              </Text>
              <Button size="xs" variant="default" onClick={() => (setChosen(given), setChanging(true))}>
                {t('lecture.change')}
              </Button>
            </>
          )}
        </Group>
        <ProblemNotice problem={command.problem} />
      </Stack>
    </form>
  )
}
