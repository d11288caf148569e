import { Stack, Text } from '@mantine/core'
import { useReader } from '../i18n'
import { useHubAddress } from '../viewer/useViewer'
import { useMoment } from './grants'
import { SecretText } from './SecretText'
import type { Account, InvitationLink } from './wire'

/**
 * A link with which a person chooses a password. It is shown once, and whoever made it hands it over. If the hub sends it by mail, the page
 * says so and has no link.
 */
export function LinkPanel({ account, link }: { account: Account; link: Pick<InvitationLink, 'link' | 'until'> }) {
  const { t, nameOf } = useReader()
  const hub = useHubAddress()
  const moment = useMoment()
  const [name, until] = [nameOf(account.name), moment(link.until)]
  if (!link.link)
    return (
      <Stack gap="sm" data-mailed>
        <Text role="status" fw={600}>
          {t('mail.sentTo', { name })}
        </Text>
        <Text size="sm">{t('mail.sentToWhat', { address: account.email ?? '', until })}</Text>
      </Stack>
    )
  return (
    <Stack gap="sm" data-link>
      <Text role="status" fw={600}>
        {t('accounts.linkFor', { name })}
      </Text>
      <Text size="sm">{t('accounts.linkHandOver')}</Text>
      <SecretText label={t('accounts.link')} description={t('accounts.linkUntil', { until })} value={new URL(link.link, `${hub}/`).href} />
    </Stack>
  )
}
