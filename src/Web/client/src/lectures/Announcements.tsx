import { Alert } from '@mantine/core'
import { IconSpeakerphone } from '@tabler/icons-react'
import { useState } from 'react'
import { useReader } from '../i18n'
import { clock } from '../time/format'
import type { Announcement } from './lecture'

/** The newest announcement, until the reader hides it or another one comes. */
export function Announcements({ newest }: { newest: Announcement | undefined }) {
  const { t, nameOf, locale } = useReader()
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const [hidden, setHidden] = useState<readonly number[]>([]) // the numbers of hidden announcements, which a recording can show again
  if (!newest || hidden.includes(newest.number)) return <div role="status" />
  return (
    <div role="status">
      <Alert
        key={newest.number}
        variant="light"
        icon={<IconSpeakerphone aria-hidden />}
        withCloseButton
        closeButtonLabel={t('lecture.dismissAnnouncement')}
        onClose={() => setHidden([...hidden, newest.number])}
        title={`${t('lecture.announcement')} · ${nameOf(newest.by)} · ${clock(newest.at, zone, locale)}`}
        styles={{ title: { color: 'var(--hub-text)' }, message: { color: 'var(--hub-text)' } }}
      >
        <bdi>{newest.text}</bdi>
      </Alert>
    </div>
  )
}
