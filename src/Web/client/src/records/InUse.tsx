import { Anchor, Button, Group, List, Text } from '@mantine/core'
import { Notice } from '../commands/Notice'
import { useReader } from '../i18n'
import classes from './Records.module.css'
import { addressOf } from './tables'
import type { Use } from './wire'

interface Props {
  readonly network: string
  readonly usedBy: readonly Use[]
  readonly uses: number
  /** Ends the record instead. Undefined if its table knows no end. */
  readonly end: (() => void) | undefined
  readonly busy: boolean
  readonly close: () => void
}

const where = (network: string, { table, id, week }: Use) =>
  week ? `/board/${network}/${week}?show=${encodeURIComponent(id)}` : addressOf(network, table, { search: id })

/** Says by what a record is used, so that it cannot be removed, and offers to end it instead. */
export function InUse({ network, usedBy, uses, end, busy, close }: Props) {
  const { t, word } = useReader()
  return (
    <div className={classes.used}>
      <Notice kind="refusal" role="alert" title={t('records.inUse', { count: uses })}>
        <div data-used>
          <List size="sm" listStyleType="none">
            {usedBy.map((use) => (
              <List.Item key={`${use.table} ${use.id} ${use.name}`}>
                <Anchor href={where(network, use)} target="_blank" size="sm" underline="always">
                  <bdi>{use.name}</bdi>
                </Anchor>{' '}
                <Text span size="xs" c="dimmed">
                  {word('tables', use.table)}
                </Text>
              </List.Item>
            ))}
          </List>
          {uses > usedBy.length && <Text size="sm">{t('records.more', { count: uses - usedBy.length })}</Text>}
          <Text size="sm" mt="xs">
            {t(end ? 'records.endInstead' : 'records.removeUses')}
          </Text>
          <Group gap="xs" mt="xs">
            <Button size="xs" variant="default" onClick={close}>
              {t('shell.close')}
            </Button>
            {end && (
              <Button size="xs" data-do="end" loading={busy} onClick={end}>
                {t('records.endNow')}
              </Button>
            )}
          </Group>
        </div>
      </Notice>
    </div>
  )
}
