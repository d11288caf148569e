import { Badge, Group, Paper, Stack, Text } from '@mantine/core'
import type { SessionDifference, SessionFacts } from '../../api/schema'
import { useReader } from '../../i18n'
import { clock, length, nearDate, zoneCity } from '../../time/format'
import { Parts } from '../Parts'
import { lengthOf } from '../programme'

/** The differences between two states of a programme, session by session, in words. */
export function Differences({ of, zone }: { of: readonly SessionDifference[]; zone: string }) {
  const { t, locale } = useReader()
  if (of.length === 0) return <Text role="status">{t('releases.same')}</Text>
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t('conference.zone', { zone: zoneCity(zone, locale) })}
      </Text>
      <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
        {of.map((d) => (
          <li key={d.session}>
            <Difference of={d} zone={zone} />
          </li>
        ))}
      </Stack>
    </>
  )
}

function Difference({ of, zone }: { of: SessionDifference; zone: string }) {
  const { t, word, locale, language } = useReader()
  // The arrow points in the direction in which the reader reads.
  const arrow = language === 'ar' ? ' ← ' : ' → '
  const when = (facts: SessionFacts) =>
    facts.start
      ? `${nearDate(facts.start, zone, locale)} ${clock(facts.start, zone, locale)} (${length(lengthOf(facts.duration), locale)})`
      : t('conference.noTime')
  const { before, after } = of
  const has = (change: SessionDifference['changes'][number]) => of.changes.includes(change)
  const who = (facts: SessionFacts) => facts.speakers.map((s) => s.name).join(', ') || t('conference.none')
  const rows =
    before && after
      ? [
          has('title') && [before.title, after.title],
          has('time') && [when(before), when(after)],
          has('room') && [before.room || t('conference.none'), after.room || t('conference.none')],
          has('speakers') && [who(before), who(after)],
        ].filter((row) => !!row)
      : []
  const only = before ?? after
  return (
    <Paper withBorder p="sm" radius="md" data-difference={of.session}>
      <Group gap={6}>
        {of.changes.map((change) => (
          <Badge key={change} variant="default" tt="none">
            {word('sessionChanges', change)}
          </Badge>
        ))}
      </Group>
      <Text fw={600}>
        <bdi>{of.title}</bdi>
      </Text>
      {!(before && after) && only && (
        <Text size="sm" c="dimmed">
          <Parts of={[when(only), only.room, only.speakers.map((s) => s.name).join(', ')]} />
        </Text>
      )}
      {of.refused && (
        <Text size="sm">
          {t('releases.asked', {
            what: of.refused.cancelled
              ? word('sessionChanges', 'cancelled')
              : [when(of.refused.asked), of.refused.asked.room, of.refused.asked.speakers.map((s) => s.name).join(', ')]
                  .filter(Boolean)
                  .join(' · '),
          })}
        </Text>
      )}
      {of.refused && of.refused.codes.length > 0 && (
        <Text size="sm" c="var(--hub-warning)">
          {t('releases.why', { why: of.refused.codes.map((code) => word('findings', code)).join(', ') })}
        </Text>
      )}
      {rows.map(([from, to]) => (
        <Text key={`${from} ${to}`} size="sm">
          <del>
            <bdi>{from}</bdi>
          </del>
          {arrow}
          <ins style={{ textDecoration: 'none', fontWeight: 600 }}>
            <bdi>{to}</bdi>
          </ins>
        </Text>
      ))}
    </Paper>
  )
}
