import { Badge, Group, Stack, Text } from '@mantine/core'
import type { ComponentType, ReactNode } from 'react'
import { useReader } from '../../i18n'
import { relative } from '../../time/format'
import { useNow } from '../../time/useNow'
import type { Lecture, Room } from '../lecture'
import { PollResult } from '../PollsPanel'
import classes from '../Room.module.css'

/** Approved questions, raised hands and polls, for members of the crew who do not moderate: speakers and captioners. */
export function AudienceDesk({
  room,
  lecture,
  desk: Desk,
}: {
  room: Room
  lecture: Lecture
  desk: ComponentType<{ title: string; children: ReactNode }>
}) {
  const { t, nameOf, locale } = useReader()
  const now = useNow(15_000)
  const waiting = room.questions.filter((q) => q.state === 'pending').length
  const asked = room.questions
    .filter((q) => q.state === 'approved')
    .sort((a, b) => Number(b.number === lecture.featured) - Number(a.number === lecture.featured))
  const polls = room.polls.filter((p) => p.state !== 'draft')
  return (
    <>
      <Desk title={t('lecture.questions')}>
        {waiting > 0 && (
          <Text size="sm" role="status" data-waiting={waiting}>
            {t('lecture.waitForModerator', { count: waiting })}
          </Text>
        )}
        {asked.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('lecture.noneApproved')}
          </Text>
        )}
        <ul className={classes.list}>
          {asked.map((q) => (
            <li key={q.number} className={classes.item} data-question={q.number} data-featured={q.number === lecture.featured || undefined}>
              <div className={classes.words}>
                {q.number === lecture.featured && (
                  <Badge size="sm" tt="none">
                    {t('lecture.nowAsked')}
                  </Badge>
                )}
                <p dir="auto">{q.text}</p>
                <Text size="sm" c="dimmed">
                  {q.name ? t('lecture.askedBy', { who: nameOf(q.name) }) : t('lecture.anonymously')} ·{' '}
                  {t('lecture.votes', { count: q.votes })}
                </Text>
              </div>
            </li>
          ))}
        </ul>
      </Desk>
      <Desk title={t('lecture.hands')}>
        {room.hands.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('lecture.noHands')}
          </Text>
        )}
        <ul className={classes.list}>
          {room.hands.map((hand) => (
            <li key={hand.person} className={classes.item} data-hand={hand.person}>
              <div className={classes.words}>
                <Group justify="space-between">
                  <Text fw={600}>
                    <bdi>{nameOf(hand.name)}</bdi>
                  </Text>
                  <Text size="sm" c="dimmed">
                    {relative(hand.at, now, locale)}
                  </Text>
                </Group>
              </div>
            </li>
          ))}
        </ul>
      </Desk>
      <Desk title={t('lecture.polls')}>
        {polls.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('lecture.noPolls')}
          </Text>
        )}
        {polls.map((poll) => {
          const tally = room.tallies.get(poll.number)
          return (
            <Stack key={poll.number} gap={6} data-poll={poll.number} data-state={poll.state}>
              <Group gap="xs">
                <Text fw={600}>
                  <bdi>{poll.question}</bdi>
                </Text>
                <Badge size="sm" variant="outline" tt="none" color="gray" styles={{ root: { color: 'inherit' } }}>
                  {t(poll.state === 'open' ? 'lecture.isOpen' : poll.state === 'closed' ? 'lecture.isClosed' : 'lecture.isShown')}
                </Badge>
              </Group>
              <PollResult poll={poll} counts={tally?.counts ?? poll.counts} voters={tally?.voters ?? poll.voters} />
            </Stack>
          )
        })}
      </Desk>
    </>
  )
}
