import { Button, List, Stack } from '@mantine/core'
import { useReader } from '../i18n'
import { Notice } from './Notice'

/** One fact that a form shows: its text when the person saw it, and its text now. */
export interface Fact {
  readonly name: string
  readonly before: string
  readonly now: string
}

/**
 * Tells a person that the subject of a form has changed since the form opened. Lists what has changed, and lets the person take over the
 * new state.
 */
export function ChangedMeanwhile({ facts, renew }: { facts: readonly Fact[]; renew: () => void }) {
  const { t } = useReader()
  const changed = facts.filter((fact) => fact.before !== fact.now)
  return (
    <Notice kind="warning" role="alert" title={t('shell.changedMeanwhile')} data-changed>
      <Stack gap="xs" align="flex-start">
        {changed.length > 0 && (
          <List size="sm" listStyleType="none">
            {changed.map((fact) => (
              <List.Item key={fact.name}>
                {t('shell.changedFact', { name: fact.name, before: fact.before || '–', now: fact.now || '–' })}
              </List.Item>
            ))}
          </List>
        )}
        <Button size="xs" variant="default" onClick={renew}>
          {t('shell.takeNew')}
        </Button>
      </Stack>
    </Notice>
  )
}
