import { Text } from '@mantine/core'
import { useReader } from '../i18n'
import { exact, shortDate, span, zoneCity } from '../time/format'

/** The time of an engagement in the hospital's zone and in the consultant's home zone, each with its date. */
export function When({ start, end, zone, home }: { start: string; end: string; zone: string; home: string | null }) {
  const { t, locale } = useReader()
  const both = home && home !== zone ? [zone, home] : [zone]
  return (
    <div>
      {both.map((z, i) => (
        <Text
          key={z}
          size={i === 0 ? 'md' : 'sm'}
          fw={i === 0 ? 600 : 400}
          c={i === 0 ? undefined : 'dimmed'}
          title={exact(start, z, locale)}
        >
          {t('consultant.at', { date: shortDate(start, z, locale), time: span(start, end, z, locale), zone: zoneCity(z, locale) })}
        </Text>
      ))}
    </div>
  )
}
