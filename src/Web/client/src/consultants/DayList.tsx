import { Text, Title } from '@mantine/core'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { kindIcons, lookIcons } from '../rostering/look'
import { type Engagement, lookOf } from '../rostering/roster'
import { clock, day, localOf, longDate, zoneCity } from '../time/format'
import classes from './ConsultantPage.module.css'
import type { Itinerary } from './itinerary'

interface Props {
  readonly days: Itinerary['days']
  readonly names: NetworkNames
  readonly home: string | null
  readonly now: number
  /** Whether each line names its time zone. */
  readonly zoned?: boolean
}

/** The engagements of the days ahead. Each has its time at the hospital and, if `home` is another time zone, its start in that zone. */
export function DayList({ days, names, home, now, zoned }: Props) {
  const { t, locale } = useReader()
  const named = (date: string, [first]: readonly Engagement[]) => {
    const today = localOf(now, names.hospital(first!.hospital)?.timeZone ?? names.zone).slice(0, 10)
    const away = Math.round((Date.parse(date) - Date.parse(today)) / day)
    return away < 2 ? `${new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(away, 'day')} · ` : ''
  }
  if (days.length === 0) return <Text c="dimmed">{t('consultant.emptyDays')}</Text>
  return days.map(({ date, engagements }) => (
    <div key={date}>
      <Title order={3} size="sm" mt="sm" mb={4} className={classes.date}>
        {named(date, engagements)}
        {longDate(`${date}T12:00:00Z`, 'UTC', locale)}
      </Title>
      <ul className={classes.day}>
        {engagements.map((engagement) => (
          <DayLine key={engagement.id} engagement={engagement} names={names} home={home} zoned={zoned} />
        ))}
      </ul>
    </div>
  ))
}

function DayLine({ engagement, names, home, zoned }: { engagement: Engagement } & Pick<Props, 'names' | 'home' | 'zoned'>) {
  const { t, word, locale } = useReader()
  const zone = names.hospital(engagement.hospital)?.timeZone ?? names.zone
  const look = lookOf(engagement)
  const [Kind, Status] = [kindIcons[engagement.kind], lookIcons[look]]
  return (
    <li className={classes.engagement} data-engagement={engagement.id} data-look={look}>
      <span className={classes.time}>
        {clock(engagement.start, zone, locale)}
        <br />
        <Text span size="xs" c="dimmed">
          {clock(engagement.end, zone, locale)}
        </Text>
      </span>
      <Kind size={18} aria-label={word('kinds', engagement.kind)} role="img" />
      <span>
        <b className={classes.title}>
          <bdi>{engagement.title}</bdi>
        </b>
        <br />
        <Text span size="sm" c="dimmed">
          <bdi>{names.roomName(engagement.hospital, engagement.room) || t('consultant.remote')}</bdi> ·{' '}
          <bdi>{names.hospitalName(engagement.hospital)}</bdi>
          {zoned && <> · {t('board.zoneHint', { zone: zoneCity(zone, locale) })}</>}
        </Text>
        {home && home !== zone && (
          <>
            <br />
            <Text span size="xs" c="dimmed">
              {t('consultant.athome', { time: clock(engagement.start, home, locale), zone: zoneCity(home, locale) })}
            </Text>
          </>
        )}
      </span>
      <span className={classes.status}>
        <Status size={14} aria-hidden /> {word('statuses', look)}
      </span>
    </li>
  )
}
