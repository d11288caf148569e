import { Anchor, Button, CloseButton, Text } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { openBeside } from '../session/beside'
import classes from './Board.module.css'
import { type Duty, isOpen } from './roster'

/** What to try with: the open engagement that begins next, and the one whose consultant was asked last, most likely by this person. */
function suggested(duties: readonly Duty[], now: number) {
  let [first, asked]: [Duty?, Duty?] = []
  let soonest = Infinity
  for (const duty of duties) {
    if (duty.proposal) {
      if (!asked || duty.version > asked.version) asked = duty
      continue
    }
    const start = isOpen(duty) ? Date.parse(duty.start) : 0
    if (start > now && start < soonest) [first, soonest] = [duty, start]
  }
  return { first, asked }
}

/** What somebody who has just started the demo may try. The third step opens the page of the person who was asked, in a window beside this one. */
export function FirstSteps({ duties, names, show }: { duties: readonly Duty[]; names: NetworkNames; show: (id: string) => void }) {
  const { t } = useReader()
  const [done, setDone] = useLocalStorage({ key: 'hub.firstSteps', defaultValue: false, getInitialValueInEffect: false })
  if (done) return null
  const { first, asked } = suggested(duties, Date.now())
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
