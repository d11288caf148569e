import { Text } from '@mantine/core'
import type { BodyCredit } from '../api/schema'
import { number, useUnit } from '../certificates/credit'
import { useReader } from '../i18n'
import { shortDate } from '../time/format'

/**
 * The credit that a body has counted on the same days at other conferences. It uses up a part of the body's limit for each of these days.
 */
export function CountedElsewhere({ body }: { body: BodyCredit }) {
  const { t, locale } = useReader()
  const unit = useUnit()
  return body.elsewhere.map((e) => (
    <Text key={e.conference + e.day} size="sm" c="dimmed" data-elsewhere={e.conference}>
      {t('attendance.countedElsewhere', {
        credits: `${number(e.credits, locale)} ${unit(body.policy.unit, e.credits)}`,
        day: shortDate(`${e.day}T12:00:00Z`, 'UTC', locale),
        title: e.title,
      })}
    </Text>
  ))
}
