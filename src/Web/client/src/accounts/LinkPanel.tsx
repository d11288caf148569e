import { Stack, Text } from '@mantine/core'
import { useReader } from '../i18n'
import { useHubAddress } from '../viewer/useViewer'
import { useMoment } from './grants'
import { SecretText } from './SecretText'
import type { Account, InvitationLink } from './wire'

/** A link with which a person chooses a password. It is shown once, and whoever made it hands it over. */
export function LinkPanel({ account, link }: { account: Account; link: InvitationLink }) {
  const { t, nameOf } = useReader()
  const hub = useHubAddress()
  const moment = useMoment()
  return (
    <Stack gap="sm" data-link>
      <Text role="status" fw={600}>
        {t('accounts.linkFor', { name: nameOf(account.name) })}
      </Text>
      <Text size="sm">{t('accounts.linkHandOver')}</Text>
      <SecretText
        label={t('accounts.link')}
        description={t('accounts.linkUntil', { until: moment(link.until) })}
        value={new URL(link.link, `${hub}/`).href}
      />
    </Stack>
  )
}
