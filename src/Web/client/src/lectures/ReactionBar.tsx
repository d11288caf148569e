import { ActionIcon, Button, Text, Tooltip } from '@mantine/core'
import { IconHandStop, IconHeart, IconMoodHappy, IconMoodSurprised, IconSparkles, IconThumbUp } from '@tabler/icons-react'
import { useRef } from 'react'
import type { Reaction } from '../api/schema'
import { useReader } from '../i18n'
import { type Pulse, send } from './lecture'
import classes from './Room.module.css'
import { type Me, useLectureCommand } from './useLecture'

const icons: readonly (readonly [Reaction, typeof IconHeart])[] = [
  ['clap', IconSparkles],
  ['heart', IconHeart],
  ['thumbsUp', IconThumbUp],
  ['laugh', IconMoodHappy],
  ['surprise', IconMoodSurprised],
]

/** Reactions, which are counted for everybody, and a raised hand, which the crew sees. */
export function ReactionBar({ session, pulse, me }: { session: string; pulse: Pulse | undefined; me: Me }) {
  const { t, word, locale } = useReader()
  const command = useLectureCommand(session, me.refresh)
  const last = useRef(-Infinity)
  const react = (reaction: Reaction, at: number) => {
    // The hub counts each kind of reaction at most once a second for each person. The page does not send a reaction that follows another
    // within 400 ms. A lost reaction does not matter.
    if (at - last.current < 400) return
    last.current = at
    send(session, { type: 'react', reaction, commandId: crypto.randomUUID() }).catch(() => undefined)
  }
  const up = me.mine.handRaised
  return (
    <div className={classes.reactions} role="group" aria-label={t('lecture.react')}>
      {icons.map(([reaction, Icon]) => (
        <Tooltip key={reaction} label={word('reactions', reaction)}>
          <ActionIcon
            size="lg"
            w="auto"
            px={8}
            variant="default"
            aria-label={word('reactions', reaction)}
            data-reaction={reaction}
            onClick={(event) => react(reaction, event.timeStamp)}
          >
            <Icon size={18} aria-hidden />
            {!!pulse?.reactions[reaction] && (
              <Text span size="sm" ms={6}>
                {new Intl.NumberFormat(locale, { notation: 'compact' }).format(pulse.reactions[reaction]!)}
              </Text>
            )}
          </ActionIcon>
        </Tooltip>
      ))}
      <Button
        size="xs"
        h={34}
        variant={up ? 'filled' : 'default'}
        aria-pressed={up}
        leftSection={<IconHandStop size={16} aria-hidden />}
        loading={command.busy}
        onClick={() => void command.run({ type: up ? 'lowerHand' : 'raiseHand' })}
      >
        {t(up ? 'lecture.lowerHand' : 'lecture.raiseHand')}
      </Button>
      <Text size="sm" role="status">
        {up && t('lecture.handUp')}
      </Text>
    </div>
  )
}
