import { Alert, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { http } from '../api/http'
import type { SessionCheck } from '../api/schema'
import { useReader } from '../i18n'
import { useFindingText } from '../rostering/conflict'
import { Findings } from '../rostering/Findings'
import { useAnswer } from '../rostering/useCheck'
import { span } from '../time/format'
import { lengthOf } from './programme'

/** What the hub finds at a time and room while they are chosen; nothing is stored. */
export const useSessionCheck = (url: string, place: object | null) =>
  useAnswer<SessionCheck>(place && JSON.stringify([url, place]), (asked) => {
    const [to, body] = JSON.parse(asked) as [string, object]
    return http.post(to, body)
  })

/** Says it, and says it aloud when it changes: what forbids the move, what would not be booked, and what goes on meanwhile.
 * @param draft A session of the programme is changed in a draft, where its roster may refuse the change. */
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
    <Alert
      color="orange"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={title}
      styles={{ title: { color: 'var(--hub-warning)' } }}
    >
      <List size="sm" listStyleType="none">
        {[...new Set(lines)].map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </Alert>
  )
}
