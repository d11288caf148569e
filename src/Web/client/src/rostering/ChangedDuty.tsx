import { useReader } from '../i18n'
import { ChangedMeanwhile } from '../live/ChangedMeanwhile'
import type { NetworkNames } from '../networks/useNetwork'
import { shortDate, span } from '../time/format'
import { type Duty, lookOf } from './roster'

/** What has become of an engagement since a dialog about it opened. */
export function ChangedDuty({ seen, live, names, renew }: { seen: Duty; live: Duty; names: NetworkNames; renew: () => void }) {
  const { t, word, locale } = useReader()
  const zone = names.hospital(live.hospital)?.timeZone ?? names.zone
  const fact = (name: string, of: (duty: Duty) => string) => ({ name, before: of(seen), now: of(live) })
  return (
    <ChangedMeanwhile
      renew={renew}
      facts={[
        fact(t('board.when'), (duty) => `${shortDate(duty.start, zone, locale)} ${span(duty.start, duty.end, zone, locale)}`),
        fact(t('board.where'), (duty) => names.roomName(duty.hospital, duty.room) || t('board.remote')),
        fact(t('board.who'), (duty) => duty.consultants.map(names.personName).join(', ') || t('board.nobody')),
        fact(t('board.status'), (duty) => word('statuses', lookOf(duty))),
      ]}
    />
  )
}
