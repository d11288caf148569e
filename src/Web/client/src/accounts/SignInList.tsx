import { Badge, Group, Paper, Stack, Text } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useReader } from '../i18n'
import { exact, relative } from '../time/format'
import { useNow } from '../time/useNow'
import { deviceOf } from './device'
import { deviceZone, directed, useMoment } from './grants'
import type { SignInView } from './wire'

/** A function that names a device in words, such as “Firefox on Windows”. */
export function useDeviceName() {
  const { t, language } = useReader()
  return ({ device }: SignInView) => {
    const known = deviceOf(device)
    return known ? directed(t('accounts.deviceName', known), language) : device || t('accounts.unknownDevice')
  }
}

interface Props {
  readonly signIns: readonly SignInView[]
  /** What can be done with a sign-in. */
  readonly actions?: (signIn: SignInView) => ReactNode
}

/** The devices on which a person is signed in, the most recently used first. */
export function SignInList({ signIns, actions }: Props) {
  const { t, locale } = useReader()
  const nameOf = useDeviceName()
  const moment = useMoment()
  const now = useNow()
  if (signIns.length === 0) return <Text role="status">{t('accounts.noDevices')}</Text>
  const sorted = [...signIns].sort((a, b) => Number(b.current) - Number(a.current) || b.seenAt.localeCompare(a.seenAt))
  return (
    <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }} data-sign-ins>
      {sorted.map((signIn) => {
        const Icon = /iPhone|Android|Mobile/.test(signIn.device) ? IconDeviceMobile : IconDeviceDesktop
        return (
          <Paper component="li" key={signIn.id} withBorder p="sm" radius="md" data-sign-in={signIn.id}>
            <Group justify="space-between" gap="xs">
              <div style={{ minWidth: 0 }}>
                <Group gap="xs">
                  <Icon size={18} aria-hidden />
                  <Text fw={600} title={signIn.device} style={{ overflowWrap: 'anywhere' }}>
                    <bdi>{nameOf(signIn)}</bdi>
                  </Text>
                  {signIn.current && (
                    <Badge variant="default" tt="none" fw={500}>
                      {t('accounts.thisDevice')}
                    </Badge>
                  )}
                </Group>
                <Text size="sm">{t('accounts.signedInAt', { at: moment(signIn.at), address: signIn.address })}</Text>
                <Text size="sm" c="dimmed" title={exact(signIn.seenAt, deviceZone, locale)}>
                  {t('accounts.seenLast', { when: relative(signIn.seenAt, now, locale) })}
                </Text>
              </div>
              {actions?.(signIn)}
            </Group>
          </Paper>
        )
      })}
    </Stack>
  )
}
