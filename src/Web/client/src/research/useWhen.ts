import { useReader } from '../i18n'
import { clock, datedDay, zoneCity } from '../time/format'

/** Writes days, and instants in the network's zone with the partner's zone behind it. */
export function useWhen(zone: string, partnerZone: string | undefined) {
  const { locale } = useReader()
  return {
    day: (date: string) => datedDay(`${date}T12:00:00Z`, 'UTC', locale),
    at: (instant: string) => {
      const local = `${datedDay(instant, zone, locale)} ${clock(instant, zone, locale)}`
      if (!partnerZone || partnerZone === zone || clock(instant, partnerZone, locale) === clock(instant, zone, locale)) return local
      return `${local} (${zoneCity(partnerZone, locale)} ${clock(instant, partnerZone, locale)})`
    },
  }
}

export type When = ReturnType<typeof useWhen>
