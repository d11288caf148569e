import { Anchor, Button, CloseButton, Text } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { useNow } from '../time/useNow'
import { openBeside } from '../viewer/beside'
import classes from './Board.module.css'
import { type Engagement, isOpen } from './roster'

/**
 * Suggestions for a first try: the open engagement that begins next, and the engagement with the newest proposal, which this person has
 * most likely made.
 */
function suggested(engagements: readonly Engagement[], now: number) {
  let [first, asked]: [Engagement?, Engagement?] = []
  let soonest = Infinity
  for (const engagement of engagements) {
    if (engagement.proposal) {
      if (!asked || engagement.version > asked.version) asked = engagement
      continue
    }
    const start = isOpen(engagement) ? Date.parse(engagement.start) : 0
    if (start > now && start < soonest) [first, soonest] = [engagement, start]
  }
  return { first, asked }
}

/**
 * Suggests what a person who has just started the demo may try. The third step opens the asked consultant's page in a window beside this
 * one.
 */
export function FirstSteps({
  engagements,
  names,
  show,
}: {
  engagements: readonly Engagement[]
  names: NetworkNames
  show: (id: string) => void
}) {
  const { t } = useReader()
  const [done, setDone] = useLocalStorage({ key: 'hub.firstSteps', defaultValue: false, getInitialValueInEffect: false })
  const now = useNow()
  if (done) return null
  const { first, asked } = suggested(engagements, now)
  const person = asked?.proposal?.candidate
  return (
    <section className={classes.firstSteps} aria-label={t('board.tryTitle')}>
      <Text size="sm" fw={600}>
        {t('board.tryTitle')}
      </Text>
      <ol>
        <li>
          {t('board.tryMove')}{' '}
          {first && (
            <Anchor component="button" type="button" size="sm" onClick={() => show(first.id)}>
              {t('board.tryShow')}
            </Anchor>
          )}
        </li>
        <li>{t('board.tryAsk')}</li>
        <li>
          {t('board.tryAnswer')}{' '}
          {person && (
            <Button size="compact-xs" variant="light" onClick={() => openBeside(person)}>
              {t('board.tryPhone', { name: names.personName(person) })}
            </Button>
          )}
        </li>
      </ol>
      <CloseButton size="sm" aria-label={t('shell.close')} onClick={() => setDone(true)} />
    </section>
  )
}
