import { Anchor, Group, Paper, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from 'wouter'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { isLate } from './board'
import classes from './Research.module.css'
import type { When } from './useWhen'
import type { Item } from './wire'

interface Props {
  readonly item: Item
  readonly names: NetworkNames
  readonly when: When
  readonly today: string
}

/** One initiative on the board: who, where, and what comes next. */
export function InitiativeCard({ item, names, when, today }: Props) {
  const { t, word, nameOf } = useReader()
  const late = isLate(item, today)
  const partner = names.network?.partners.find(({ id }) => id === item.partner)
  const where = [nameOf(partner?.name), ...item.sites.map(names.hospitalName)].filter(Boolean)
  return (
    <Paper component="li" withBorder p="sm" radius="md" className={classes.card} data-initiative={item.id} data-late={late || undefined}>
      <Anchor component={Link} href={`/research/initiative/${item.id}`} fw={600} dir="auto">
        {nameOf(item.title)}
      </Anchor>
      <Text size="sm" c="dimmed">
        {[word('choices', `initiatives.kind.${item.kind}`), item.specialty && names.specialtyName(item.specialty)]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Text size="sm">
        <bdi>{where.join(' · ')}</bdi>
      </Text>
      <Text size="sm">
        <bdi>{item.leads.map(names.personName).join(' · ')}</bdi>
      </Text>
      {late && (
        <Group gap={6} wrap="nowrap" c="var(--hub-warning)">
          <IconAlertTriangle size={16} aria-hidden />
          <Text size="sm" fw={600}>
            {t('research.lateCount', { count: Math.max(1, item.late) })}
          </Text>
        </Group>
      )}
      <Text size="sm">
        {item.next && item.nextDue ? t('research.next', { name: nameOf(item.next), day: when.day(item.nextDue) }) : t('research.allDone')}
      </Text>
      {item.openTasks > 0 && <Text size="sm">{t('research.taskCount', { count: item.openTasks })}</Text>}
    </Paper>
  )
}
