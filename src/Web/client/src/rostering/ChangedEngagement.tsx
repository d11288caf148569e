import { ChangedMeanwhile } from '../commands/ChangedMeanwhile'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { shortDate, span } from '../time/format'
import { type Engagement, lookOf } from './roster'

/** Shows how an engagement has changed since a dialog about it opened. */
export function ChangedEngagement({
  seen,
  live,
  names,
  renew,
}: {
  seen: Engagement
  live: Engagement
  names: NetworkNames
  renew: () => void
}) {
  const { t, word, locale } = useReader()
  const zone = names.hospital(live.hospital)?.timeZone ?? names.zone
  const fact = (name: string, of: (engagement: Engagement) => string) => ({ name, before: of(seen), now: of(live) })
  return (
    <ChangedMeanwhile
      renew={renew}
      facts={[
        fact(
          t('board.when'),
          (engagement) => `${shortDate(engagement.start, zone, locale)} ${span(engagement.start, engagement.end, zone, locale)}`,
        ),
        fact(t('board.where'), (engagement) => names.roomName(engagement.hospital, engagement.room) || t('board.remote')),
        fact(t('board.who'), (engagement) => engagement.consultants.map(names.personName).join(', ') || t('board.nobody')),
        fact(t('board.status'), (engagement) => word('statuses', lookOf(engagement))),
      ]}
    />
  )
}
