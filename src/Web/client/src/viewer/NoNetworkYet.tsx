import { Button, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { NetworkView } from '../api/schema'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'
import { noNetwork } from '../networks/useNetwork'
import { rolesOf, useViewer } from './useViewer'

/** Leads an administrator to the guide as long as the hub has no network. */
export function NoNetworkYet() {
  const { t } = useReader()
  const viewer = useViewer()
  const enters = rolesOf(viewer).has('administrator') && viewer.factor !== 'missing'
  const { data } = useResource<NetworkView[]>(enters && !viewer.network ? '/api/networks' : null)
  if (data?.length !== 0) return null
  return (
    <Stack gap="xs" align="start" role="note" data-no-network>
      <Text size="sm">{t('guide.beginText')}</Text>
      <Button component={Link} href={`/guide/${noNetwork}`} data-do="begin">
        {t('guide.begin')}
      </Button>
    </Stack>
  )
}
