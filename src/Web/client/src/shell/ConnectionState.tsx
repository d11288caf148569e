import { Text, Tooltip } from '@mantine/core'
import { IconAccessPoint, IconAccessPointOff } from '@tabler/icons-react'
import { useReader } from '../i18n'
import { useConnection } from '../live/useTopic'
import { ago, clock } from '../time/format'
import { useNow } from '../time/useNow'
import classes from './Shell.module.css'

/** Shows whether the page is live, and if it is not, how old it is. */
export function ConnectionState() {
  const { t, locale } = useReader()
  const { state, since } = useConnection()
  const now = useNow(5_000)
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const live = state === 'live'
  const text = live
    ? t('shell.live')
    : state === 'connecting'
      ? t('shell.connecting')
      : t('shell.offline', { age: ago(since, now, locale) })
  const hint = live ? t('shell.liveHint') : t('shell.offlineHint', { time: clock(since, zone, locale) })
  return (
    <Tooltip label={hint} multiline maw={300}>
      <Text component="span" className={classes.connection} data-state={state} role="status" tabIndex={0}>
        {live ? <IconAccessPoint size={16} aria-hidden /> : <IconAccessPointOff size={16} aria-hidden />}
        <span className={classes.said}>{text}</span>
      </Text>
    </Tooltip>
  )
}
