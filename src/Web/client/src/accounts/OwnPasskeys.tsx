import { Button, Group, Loader, Paper, Stack, Text } from '@mantine/core'
import { IconFingerprint, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { canUsePasskeys } from '../api/passkeys'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { exact, relative } from '../time/format'
import { useNow } from '../time/useNow'
import { deviceZone, useMoment } from './grants'
import { AddPasskeyDialog, RemovePasskeyDialog, RenamePasskeyDialog } from './PasskeyDialogs'
import type { MyAccount, PasskeyView } from './wire'

const most = 10

type Open = 'add' | { readonly change: 'rename' | 'remove'; readonly passkey: PasskeyView }

/** The person's passkeys: adding one, renaming it, removing it. */
export function OwnPasskeys({ account, changed }: { account: MyAccount; changed: () => Promise<unknown> }) {
  const { t } = useReader()
  const { data, error, mutate } = useResource<PasskeyView[]>('/api/me/passkeys')
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const done = async () => {
    await Promise.all([mutate(), changed()])
    close()
  }
  const isLast = account.needsFactor && !account.totp && data?.length === 1
  return (
    <Stack gap="sm" data-passkeys>
      <Text size="sm">{t('passkeys.what')}</Text>
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      {!data && !error && <Loader aria-label={t('shell.loading')} />}
      {data && data.length > 0 && (
        <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
          {data.map((passkey) => (
            <Row key={passkey.id} passkey={passkey} isLast={isLast} act={(change) => setOpen({ change, passkey })} />
          ))}
        </Stack>
      )}
      {isLast && <Text size="sm">{t('passkeys.last')}</Text>}
      {!canUsePasskeys() && <Text size="sm">{t('passkeys.notHere')}</Text>}
      {canUsePasskeys() && data && data.length < most && (
        <Group>
          <Button
            variant={account.totp || data.length > 0 ? 'default' : 'filled'}
            leftSection={<IconPlus size={18} aria-hidden />}
            data-do="add"
            onClick={() => setOpen('add')}
          >
            {t('passkeys.add')}
          </Button>
        </Group>
      )}
      {open === 'add' && <AddPasskeyDialog account={account} taken={data ?? []} done={done} close={close} />}
      {typeof open === 'object' && open.change === 'rename' && <RenamePasskeyDialog passkey={open.passkey} done={done} close={close} />}
      {typeof open === 'object' && open.change === 'remove' && <RemovePasskeyDialog passkey={open.passkey} done={done} close={close} />}
    </Stack>
  )
}

function Row({ passkey, isLast, act }: { passkey: PasskeyView; isLast: boolean; act: (change: 'rename' | 'remove') => void }) {
  const { t, locale } = useReader()
  const moment = useMoment()
  const now = useNow()
  const { id, name, at, usedAt } = passkey
  return (
    <Paper component="li" withBorder p="sm" radius="md" data-own-passkey={id}>
      <Group justify="space-between" gap="xs">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs" wrap="nowrap">
            <IconFingerprint size={18} aria-hidden />
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              <bdi>{name}</bdi>
            </Text>
          </Group>
          <Text size="sm">{t('passkeys.addedAt', { at: moment(at) })}</Text>
          <Text size="sm" c="dimmed" title={usedAt ? exact(usedAt, deviceZone, locale) : undefined}>
            {usedAt ? t('accounts.seenLast', { when: relative(usedAt, now, locale) }) : t('passkeys.neverUsed')}
          </Text>
        </div>
        <Group gap="xs">
          <Button variant="default" size="xs" aria-label={t('passkeys.renameNamed', { name })} onClick={() => act('rename')}>
            {t('passkeys.rename')}
          </Button>
          {!isLast && (
            <Button variant="default" size="xs" aria-label={t('passkeys.removeNamed', { name })} onClick={() => act('remove')}>
              {t('passkeys.remove')}
            </Button>
          )}
        </Group>
      </Group>
    </Paper>
  )
}
