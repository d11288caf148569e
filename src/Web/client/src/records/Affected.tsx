import { Anchor, List, Text } from '@mantine/core'
import { useReader } from '../i18n'
import { clock, datedDay } from '../time/format'
import classes from './Records.module.css'
import type { Names } from './useNames'
import type { AffectedEngagement } from './wire'

const listed = 100

interface Props {
  readonly engagements: readonly AffectedEngagement[]
  /** How many there are, if not all of them are listed. */
  readonly count?: number
  readonly names: Names
}

/** The planned engagements that a change would make impossible, and why. */
export function Affected({ engagements, count = engagements.length, names }: Props) {
  const { t, word, locale } = useReader()
  return (
    <div data-affects>
      <Text size="sm" fw={600}>
        {t('records.affects', { count })}
      </Text>
      <List size="sm" listStyleType="none" className={classes.affected} tabIndex={0}>
        {engagements.slice(0, listed).map((each) => (
          <List.Item key={`${each.week} ${each.engagement}`}>
            <Anchor
              href={`/board/${each.network}/${each.week}?show=${encodeURIComponent(each.engagement)}`}
              target="_blank"
              size="sm"
              underline="always"
            >
              <bdi>{each.title}</bdi>
            </Anchor>
            <Text size="xs" c="dimmed">
              <bdi>{`${datedDay(each.start, names.zone, locale)} ${clock(each.start, names.zone, locale)}`}</bdi> ·{' '}
              <bdi>{names.of('hospitals', each.hospital, {})}</bdi> ·{' '}
              <bdi>{each.reasons.map((reason) => word('attention', reason)).join(' · ')}</bdi>
            </Text>
          </List.Item>
        ))}
      </List>
      {count > Math.min(listed, engagements.length) && (
        <Text size="sm" c="dimmed">
          {t('records.more', { count: count - Math.min(listed, engagements.length) })}
        </Text>
      )}
    </div>
  )
}
