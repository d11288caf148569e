import { Anchor, Stack } from '@mantine/core'
import { IconExternalLink, IconPaperclip } from '@tabler/icons-react'
import type { SessionLink } from '../api/schema'
import { useReader } from '../i18n'

/** Pages and files that belong to a session. */
export function SessionLinks({ links }: { links: readonly SessionLink[] | null | undefined }) {
  const { t } = useReader()
  // The hub keeps web addresses only. The page checks this too, because another kind of address could run a script.
  const safe = links?.filter((link) => /^https?:\/\//i.test(link.url))
  if (!safe?.length) return null
  return (
    <Stack component="ul" gap={4} p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('conference.links')}>
      {safe.map((link, i) => (
        <li key={i}>
          <Anchor href={link.url} target="_blank" rel="noreferrer" underline="always" style={{ overflowWrap: 'anywhere' }}>
            {link.attachment ? (
              <IconPaperclip size={16} role="img" aria-label={t('conference.attachment')} style={{ verticalAlign: '-3px' }} />
            ) : (
              <IconExternalLink size={16} aria-hidden style={{ verticalAlign: '-3px' }} />
            )}{' '}
            <bdi>{link.title || link.url}</bdi>
          </Anchor>
        </li>
      ))}
    </Stack>
  )
}
