import { Badge } from '@mantine/core'
import {
  IconBan,
  IconCheck,
  IconClockX,
  IconHourglass,
  IconListNumbers,
  IconMail,
  IconMailOpened,
  IconX,
  type Icon,
} from '@tabler/icons-react'
import { useReader } from '../i18n'
import type { Status } from './wire'

const icons: Record<Status, Icon> = {
  submitted: IconMail,
  waiting: IconListNumbers,
  offered: IconHourglass,
  accepted: IconCheck,
  declined: IconX,
  lapsed: IconClockX,
  withdrawn: IconMailOpened,
  rejected: IconBan,
}

/** The status of an application, as a word with an icon and a border. */
export function StatusBadge({ status }: { status: Status }) {
  const { word } = useReader()
  const Sign = icons[status]
  return (
    <Badge
      variant={status === 'accepted' ? 'filled' : 'default'}
      color="var(--hub-text)"
      tt="none"
      leftSection={<Sign size={12} aria-hidden />}
      style={status === 'offered' ? { borderStyle: 'dashed' } : undefined}
      data-status={status}
    >
      {word('applicationStatuses', status)}
    </Badge>
  )
}
