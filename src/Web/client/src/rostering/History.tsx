import { Button, Select, Stack, Text, Title } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import { http, type Problem } from '../api/http'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { exact, relative } from '../time/format'
import { useNow } from '../time/useNow'
import { useViewer } from '../viewer/useViewer'
import { usePart } from './part'
import { type Engagement, type HistoryEntry, type HistorySubject, historyUrl } from './roster'
import { ofHistory, sentence } from './sentences'
import { workText } from './workText'

interface Props {
  readonly network: string
  readonly week: string
  readonly engagement: Engagement
  readonly names: NetworkNames
  /** Called with the newest entries of the engagement's own history. */
  readonly told?: (newest: readonly HistoryEntry[]) => void
}

/** Shows what happened to an engagement, or to its consultants, room, hospital or week, newest first and page by page. */
export function History({ network, week, engagement, names, told }: Props) {
  const reader = useReader()
  const { t, locale } = reader
  const { person, role } = useViewer()
  const part = usePart(network)
  const now = useNow()
  const [choice, setChoice] = useState(`engagement|${engagement.id}`)
  const [entries, setEntries] = useState<readonly HistoryEntry[]>([])
  const [more, setMore] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const [subject, id] = choice.split('|') as [HistorySubject, string]
  const load = (before?: number) => http.get<HistoryEntry[]>(historyUrl(network, week, subject, id || undefined, before))
  const loadNewest = useEffectEvent(() => load())
  const show = useEffectEvent((page: readonly HistoryEntry[]) => {
    setEntries(page)
    setMore(page.length >= 30)
    setProblem(undefined)
    if (choice === `engagement|${engagement.id}`) told?.(page)
  })
  // The newest page is read again whenever the engagement changes.
  useEffect(() => {
    let wanted = true
    loadNewest().then(
      (page) => wanted && show(page),
      (error: Problem) => wanted && setProblem(error),
    )
    return () => void (wanted = false)
  }, [choice, engagement.version])
  const older = async () => {
    const page = await load(entries.at(-1)?.version)
    setEntries((now) => [...now, ...page])
    setMore(page.length >= 30)
  }
  const subjects = [
    { value: `engagement|${engagement.id}`, label: t('board.thisEngagement') },
    ...engagement.consultants
      .filter((c) => c === person || (role === 'coordinator' && !part.hospitals))
      .map((c) => ({ value: `consultant|${c}`, label: names.personName(c) })),
    ...(engagement.room && !part.partner ? [{ value: `room|${engagement.hospital}/${engagement.room}`, label: t('board.thisRoom') }] : []),
    ...(part.partner ? [] : [{ value: `hospital|${engagement.hospital}`, label: t('board.thisHospital') }]),
    ...(part.partner || part.hospitals ? [] : [{ value: 'week|', label: t('board.thisWeek') }]),
  ]
  return (
    <section aria-label={t('board.history')}>
      <Title order={3} size="h5" mb="xs">
        {t('board.history')}
      </Title>
      <Select
        size="xs"
        aria-label={t('board.historyOf')}
        data={subjects}
        value={choice}
        onChange={(value) => value && setChoice(value)}
        allowDeselect={false}
        mb="xs"
      />
      <ProblemNotice problem={problem} title={t('shell.notRead')} />
      <Stack component="ol" gap={6} p={0} m={0} style={{ listStyle: 'none' }} data-history>
        {entries.map((entry) => (
          <li key={`${entry.version} ${entry.commandId} ${entry.after?.id ?? entry.before?.id}`}>
            <Text size="sm">{sentence(ofHistory(entry), names, reader)}</Text>
            {entry.after?.work && (entry.what === 'completed' || entry.what === 'workRecorded') && (
              <Text size="sm">{workText(entry.after.work, reader, (id) => names.procedureName(engagement.hospital, id))}</Text>
            )}
            {entry.reason && (
              <Text size="sm" fs="italic" dir="auto">
                {t('board.because', { reason: entry.reason })}
              </Text>
            )}
            <Text size="xs" c="dimmed" title={exact(entry.at, names.zone, locale)}>
              {relative(entry.at, now, locale, names.zone)}
            </Text>
          </li>
        ))}
      </Stack>
      {entries.length === 0 && !problem && (
        <Text size="sm" c="dimmed">
          {t('board.noHistory')}
        </Text>
      )}
      {more && (
        <Button mt="xs" size="compact-sm" variant="subtle" onClick={() => void older()}>
          {t('board.moreHistory')}
        </Button>
      )}
    </section>
  )
}
