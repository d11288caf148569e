import { List, Stack, Text } from '@mantine/core'
import type { SessionCheck } from '../api/schema'
import { Findings } from '../commands/Findings'
import { Notice } from '../commands/Notice'
import { useFindingText } from '../commands/useFindingText'
import { useReader } from '../i18n'
import { span } from '../time/format'
import { lengthOf } from './programme'

/**
 * Shows what the rules find against a time and a room, what would not be booked, and what takes place at the same time. Screen readers read
 * each change aloud.
 * @param draft Whether an existing session is changed in a draft. Its roster may then still refuse the change when the draft is published.
 */
export function SessionFindings({ check, zone, draft }: { check: SessionCheck | undefined; zone: string; draft?: boolean }) {
  const { t, locale } = useReader()
  const textOf = useFindingText()
  const overlaps = check?.overlaps.map((o) =>
    t(o.code === 'session.room-overlap' ? 'conference.roomTaken' : 'conference.speaksElsewhere', {
      what: o.what,
      title: o.title,
      when: span(o.start, Date.parse(o.start) + lengthOf(o.duration), zone, locale),
    }),
  )
  const possible = !check?.findings.length && !check?.notBooked.length
  return (
    <Stack
      gap="xs"
      aria-live="polite"
      data-check={check ? (check.findings.length + check.notBooked.length + check.overlaps.length > 0 ? 'found' : 'clear') : undefined}
    >
      {check && <Findings findings={check.findings} />}
      {check && <Warned title={t(draft ? 'releases.wouldRefuse' : 'conference.wouldNotBook')} lines={check.notBooked.map(textOf)} />}
      {overlaps && <Warned title={t(possible ? 'conference.overlaps' : 'conference.meanwhile')} lines={overlaps} />}
      {check && check.findings.length + check.notBooked.length + check.overlaps.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('board.noConflicts')}
        </Text>
      )}
    </Stack>
  )
}

function Warned({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <Notice kind="warning" title={title}>
      <List size="sm" listStyleType="none">
        {[...new Set(lines)].map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </Notice>
  )
}
