import { Button, Group, Stack, Text } from '@mantine/core'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useReader } from '../../i18n'
import { relative } from '../../time/format'
import { useNow } from '../../time/useNow'
import type { Hand } from '../lecture'
import classes from '../Room.module.css'
import { useLectureCommand } from '../useLecture'

/** The people who want to speak, with the longest wait first. A person who is allowed to speak becomes a speaker of this lecture. */
export function HandsDesk({ session, hands }: { session: string; hands: readonly Hand[] }) {
  const { t, nameOf, locale } = useReader()
  const now = useNow(15_000)
  const command = useLectureCommand(session)
  const letSpeak = async (hand: Hand) => {
    if (await command.run({ type: 'setCrew', person: hand.person, role: 'speaker' }))
      await command.run({ type: 'lowerHand', person: hand.person })
  }
  return (
    <Stack gap="xs">
      {hands.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('lecture.noHands')}
        </Text>
      )}
      <ul className={classes.list}>
        {hands.map((hand) => (
          <li key={hand.person} className={classes.item} data-hand={hand.person}>
            <div className={classes.words}>
              <Text fw={600}>
                <bdi>{nameOf(hand.name)}</bdi>
              </Text>
              <Text size="sm" c="dimmed">
                {relative(hand.at, now, locale)}
              </Text>
              <Group gap={6} mt={6}>
                <Button size="xs" disabled={command.busy} onClick={() => void letSpeak(hand)}>
                  {t('lecture.letSpeak', { who: nameOf(hand.name) })}
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  disabled={command.busy}
                  onClick={() => void command.run({ type: 'lowerHand', person: hand.person })}
                >
                  {t('lecture.lower', { who: nameOf(hand.name) })}
                </Button>
              </Group>
            </div>
          </li>
        ))}
      </ul>
      <ProblemNotice problem={command.problem} />
    </Stack>
  )
}
