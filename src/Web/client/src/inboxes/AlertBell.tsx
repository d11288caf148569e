import { ActionIcon, Drawer, Indicator, Stack } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconBell } from '@tabler/icons-react'
import { useReader } from '../i18n'
import { useViewer } from '../viewer/useViewer'
import { AlertChoices } from './AlertChoices'
import { AlertList } from './AlertList'
import { useAlarm } from './useAlarm'
import { useInbox } from './useInbox'

/** A bell that opens the viewer's alerts. It shows how many alerts are open, and rings for new ones. */
export function AlertBell() {
  const { t } = useReader()
  const { person, role } = useViewer()
  const { alerts, open, known } = useInbox(person)
  useAlarm(alerts, known, role === 'consultant' ? '/me' : '/')
  const wide = useMediaQuery('(min-width: 40.01em)', true, { getInitialValueInEffect: false })
  const [opened, { open: show, close }] = useDisclosure(false)
  return (
    <>
      <Indicator label={open.length > 99 ? '99+' : open.length} disabled={open.length === 0} size={16} color="red.9" offset={wide ? 4 : 11}>
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={show}
          aria-label={open.length > 0 ? t('shell.alertsOpen', { count: open.length }) : t('shell.alerts')}
        >
          <IconBell size={20} />
        </ActionIcon>
      </Indicator>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        title={t('shell.alerts')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        <Stack gap="sm">
          <AlertChoices />
          <AlertList alerts={alerts} leave={close} />
        </Stack>
      </Drawer>
    </>
  )
}
