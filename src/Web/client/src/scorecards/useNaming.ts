import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import type { Breakdown } from './question'

/** The names of months, hospitals, specialties and partners. */
export function useNaming(names: NetworkNames) {
  const { t, locale, nameOf } = useReader()
  const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const partner = (id: string) => nameOf(names.network?.partners.find((p) => p.id === id)?.name) || id
  return (by: Breakdown, id: string) =>
    by === 'months'
      ? month.format(new Date(`${id}-01T00:00Z`))
      : by === 'hospitals'
        ? names.hospitalName(id)
        : by === 'specialties'
          ? id
            ? names.specialtyName(id)
            : t('scorecard.noSpecialty')
          : partner(id)
}
