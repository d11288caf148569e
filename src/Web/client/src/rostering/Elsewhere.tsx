import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { TopicItem } from '../api/schema'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { clock, localOf, shortDate, weekOf } from '../time/format'

/** The newest line of a board's feed about the move of an engagement to another week. */
export function movedAway(items: ReadonlyMap<string, TopicItem>, id: string) {
  let newest
  for (const item of items.values())
    if (item.type === 'activity' && item.engagement === id && item.what === 'movedAway' && item.number > (newest?.number ?? -1))
      newest = item
  return newest
}

/** Shown when the address names an engagement that this week does not have. It leads to the engagement if the board knows where it is. */
export function Elsewhere({
  network,
  name,
  id,
  items,
  names,
  close,
}: {
  network: string
  name: string
  id: string
  items: ReadonlyMap<string, TopicItem>
  names: NetworkNames
  close: () => void
}) {
  const { t, locale } = useReader()
  const away = movedAway(items, id)
  const start = away?.startAfter
  return (
    <Modal opened onClose={close} title={away?.title ?? t('board.notHereTitle')} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      <Stack gap="sm" data-elsewhere={id}>
        <Text role="status">
          {start
            ? t('board.elsewhere', { when: `${shortDate(start, names.zone, locale)} ${clock(start, names.zone, locale)}` })
            : t('board.notHere')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('shell.close')}
          </Button>
          {start && (
            <Button component={Link} href={`/board/${network}/${weekOf(localOf(start, names.zone))}?${name}=${encodeURIComponent(id)}`}>
              {t('board.showThere')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
