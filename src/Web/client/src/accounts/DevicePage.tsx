import { useReader } from '../i18n'
import { LinkEntrance } from './LinkEntrance'

/** Where a wall display or a kiosk signs in with a link. */
export default function DevicePage() {
  const { t } = useReader()
  return <LinkEntrance at="/api/device-links/use" title={t('devices.signIn')} again={t('devices.linkAgain')} />
}
