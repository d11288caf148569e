import { Button, Group, Text } from '@mantine/core'
import { IconBroadcast } from '@tabler/icons-react'
import { Link, useLocation } from 'wouter'
import { useReader } from '../../../i18n'
import classes from './OnAirBar.module.css'
import { useStudioInUse } from './studioInUse'

/** Tells speakers who have left the studio's page that they are on air. They can go back to that page or go off air. */
export function OnAirBar() {
  const { t } = useReader()
  const [location] = useLocation()
  const studio = useStudioInUse()
  if (!studio || studio.state === 'off' || location === studio.page) return null
  return (
    <div role="status" className={classes.onAir} data-on-air-bar={studio.state}>
      <Group gap="xs" wrap="nowrap" className={classes.said}>
        <IconBroadcast size={18} aria-hidden />
        <Text size="sm" fw={600}>
          {t('media.onAirIn', { title: studio.title })}
        </Text>
      </Group>
      <Group gap="xs" ms="auto">
        <Button component={Link} href={studio.page} size="xs" variant="default">
          {t('lecture.backstage')}
        </Button>
        <Button size="xs" color="red.9" onClick={() => studio.goOffAir()}>
          {t('media.goOffAir')}
        </Button>
      </Group>
    </div>
  )
}
