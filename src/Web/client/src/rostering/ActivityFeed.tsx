import { ActionIcon, Group, Text, Title, UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { memo, useMemo } from 'react'
import type { TopicItem, TopicItemActivity } from '../api/schema'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { exact, relative } from '../time/format'
import { useNow } from '../time/useNow'
import classes from './Board.module.css'
import { sentence } from './sentences'

const byPeople = (item: TopicItemActivity) =>
  item.by !== 'hub-system' || !['planned', 'confirmed', 'cancelled', 'arrived', 'completed', 'noShow'].includes(item.what)

/**
 * The board's newest changes, as sentences. If the hub itself planned, confirmed or cancelled an engagement or reported on it, from a
 * programme or for the demo, this is left out, because no person did it.
 */
export const ActivityFeed = memo(function ActivityFeed({
  items,
  names,
  show,
  close,
}: {
  items: ReadonlyMap<string, TopicItem>
  names: NetworkNames
  show: (id: string) => void
  close: () => void
}) {
  const { t, locale } = useReader()
  const now = useNow()
  const newest = useMemo(
    () =>
      [...items.values()]
        .filter((item): item is TopicItemActivity => item.type === 'activity' && byPeople(item))
        .sort((a, b) => b.number - a.number)
        .slice(0, 60),
    [items],
  )
  return (
    <aside className={classes.feed} aria-label={t('board.activity')}>
      <Group justify="space-between" px="sm" py={6}>
        <Title order={2} size="h5">
          {t('board.activity')}
        </Title>
        <ActionIcon variant="subtle" color="gray" aria-label={t('board.hideActivity')} onClick={close}>
          <IconX size={16} />
        </ActionIcon>
      </Group>
      {newest.length === 0 && (
        <Text px="sm" size="sm" c="dimmed">
          {t('board.noActivity')}
        </Text>
      )}
      <ol className={classes.feedList} tabIndex={0} aria-label={t('board.activity')}>
        {newest.map((item) => (
          <FeedItem key={item.number} item={item} names={names} age={relative(item.at, now, locale, names.zone)} show={show} />
        ))}
      </ol>
    </aside>
  )
})

const FeedItem = memo(function FeedItem({
  item,
  names,
  age,
  show,
}: {
  item: TopicItemActivity
  names: NetworkNames
  age: string
  show: (id: string) => void
}) {
  const reader = useReader()
  return (
    <li>
      <UnstyledButton className={classes.feedItem} onClick={() => show(item.engagement)}>
        <span>{sentence(item, names, reader)}</span>
        <Text size="xs" c="dimmed" title={exact(item.at, names.zone, reader.locale)}>
          {age}
        </Text>
      </UnstyledButton>
    </li>
  )
})
