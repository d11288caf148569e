import { Button, Group, Stack, Switch, Text } from '@mantine/core'
import { IconBellCheck, IconBellOff, IconBellRinging } from '@tabler/icons-react'
import { useReader } from '../i18n'
import { useNotifications } from './notifications'
import { ring, useAudible, useSound } from './sound'

/** The choice of how this device announces a new alert: by a sound, a notification, both or neither. */
export function AlertChoices() {
  const { t } = useReader()
  const [sound, setSound] = useSound()
  const audible = useAudible()
  const { permission, ask } = useNotifications()
  const change = (on: boolean) => {
    setSound(on)
    if (on) ring(false)
  }
  return (
    <Stack gap={6} data-alert-choices>
      <Group gap="sm" mih={44}>
        <Switch label={t('consultant.sound')} checked={sound} onChange={(e) => change(e.currentTarget.checked)} />
        {permission === 'default' && (
          <Button variant="default" h={44} leftSection={<IconBellRinging size={18} aria-hidden />} onClick={() => void ask()}>
            {t('consultant.allow')}
          </Button>
        )}
        {permission === 'granted' && (
          <Text size="sm" c="dimmed">
            <Group component="span" gap={6}>
              <IconBellCheck size={18} aria-hidden />
              {t('consultant.allowed')}
            </Group>
          </Text>
        )}
        {permission === 'denied' && (
          <Text size="sm" c="dimmed">
            <Group component="span" gap={6} wrap="nowrap">
              <IconBellOff size={18} aria-hidden />
              {t('consultant.blocked')}
            </Group>
          </Text>
        )}
      </Group>
      {sound && !audible && (
        <Text size="sm" c="dimmed">
          {t('consultant.touchFirst')}
        </Text>
      )}
    </Stack>
  )
}
