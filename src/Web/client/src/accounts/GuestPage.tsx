import { useReader } from '../i18n'
import { noteGuest } from '../viewer/guest'
import { LinkEntrance } from './LinkEntrance'

/** Where a guest speaker signs in with a link, and goes on to the backstage of the session. */
export default function GuestPage() {
  const { t } = useReader()
  return <LinkEntrance at="/api/guest-links/use" title={t('devices.guest')} again={t('devices.guestAgain')} used={noteGuest} />
}
