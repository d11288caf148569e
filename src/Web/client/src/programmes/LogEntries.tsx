import { Badge, Button, Checkbox, Group, Paper, Stack, Text, Textarea } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconHourglass } from '@tabler/icons-react'
import { useState } from 'react'
import { FormDialog } from '../accounts/CommandForm'
import { useForm } from '../accounts/useForm'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import type { useNetwork } from '../networks/useNetwork'
import { close, open, useOpened } from '../shell/opened'
import { LogForm } from './LogForm'
import { useDates } from './useDates'
import { logbookCommand, type LogbookView } from './wire'

interface Props {
  readonly view: LogbookView
  readonly names: ReturnType<typeof useNetwork>
  readonly activityName: (activity: string) => string
}

/** More entries than this are shown only on demand. */
const first = 50
const icons = { submitted: IconHourglass, signedOff: IconCheck, returned: IconArrowBackUp, removed: IconArrowBackUp }

/** The logged cases, the newest first. A supervisor chooses some and signs or returns them. */
export function LogEntries({ view, names, activityName }: Props) {
  const { t, word } = useReader()
  const { date } = useDates()
  const opened = useOpened('dialog')
  const [chosen, choose] = useState<readonly string[]>([])
  const [corrected, correct] = useState<string>()
  const [most, setMost] = useState(first)
  const form = useForm(logbookCommand(view.programme.id, view.cohort.id, view.person), () => choose([]))
  const signable = new Set(view.maySign)
  const entries = chosen.filter((id) => signable.has(id))
  const all = view.entries
    .slice(0, most)
    .filter(({ id, status }) => status === 'submitted' && signable.has(id))
    .map(({ id }) => id)
  return (
    <>
      {signable.size > 0 && (
        <Group gap="xs" mb="xs">
          {all.length > entries.length && (
            <Button variant="subtle" size="xs" data-do="chooseAll" onClick={() => choose(all.slice(0, 200))}>
              {t('logbook.chooseAll', { count: Math.min(200, all.length) })}
            </Button>
          )}
          <Button
            size="xs"
            data-do="sign"
            disabled={entries.length === 0}
            loading={form.busy}
            onClick={() => void form.run({ type: 'signCases', entries, seen: view.version })}
          >
            {t('logbook.sign', { count: entries.length })}
          </Button>
          <Button size="xs" variant="default" data-do="return" disabled={entries.length === 0} onClick={() => open('dialog', 'return')}>
            {t('logbook.return')}
          </Button>
        </Group>
      )}
      <ProblemNotice problem={form.problem} waiting={form.waiting} />
      {form.factorDialog}
      {view.entries.length === 0 && <Text>{t('logbook.noEntries')}</Text>}
      <Stack gap="xs">
        {view.entries.slice(0, most).map((entry) => {
          const Sign = icons[entry.status]
          const isOpen = view.isOwn && entry.status !== 'signedOff'
          return (
            <Paper key={entry.id} withBorder p="xs" radius="md" data-entry={entry.id} data-status={entry.status}>
              {corrected === entry.id ? (
                <LogForm view={view} entry={entry} done={() => correct(undefined)} />
              ) : (
                <Group gap="sm" justify="space-between">
                  <Group gap="sm" wrap="nowrap" align="flex-start">
                    {signable.has(entry.id) && (
                      <Checkbox
                        aria-label={t('logbook.choose', { activity: activityName(entry.activity), day: date(entry.day) })}
                        checked={entries.includes(entry.id)}
                        onChange={(event) =>
                          choose(event.currentTarget.checked ? [...entries, entry.id] : entries.filter((id) => id !== entry.id))
                        }
                      />
                    )}
                    <div>
                      <Text size="sm" fw={600} dir="auto">
                        {activityName(entry.activity)}
                      </Text>
                      <Text size="sm" c="dimmed">
                        {[date(entry.day), t('logbook.caseCount', { count: entry.cases }), word('caseRoles', entry.role)].join(' · ')}
                        {' · '}
                        <bdi>{names.personName(entry.judgedBy ?? entry.supervisor)}</bdi>
                      </Text>
                    </div>
                  </Group>
                  <Group gap="xs">
                    <Badge variant="default" tt="none" leftSection={<Sign size={12} aria-hidden />}>
                      {word('logStatuses', entry.status)}
                    </Badge>
                    {isOpen && (
                      <>
                        <Button size="xs" variant="default" data-do="correct" onClick={() => correct(entry.id)}>
                          {t('logbook.correct')}
                        </Button>
                        <Button
                          size="xs"
                          variant="subtle"
                          data-do="remove"
                          loading={form.busy}
                          onClick={() => void form.run({ type: 'removeCases', entry: entry.id })}
                        >
                          {t('records.remove')}
                        </Button>
                      </>
                    )}
                  </Group>
                </Group>
              )}
            </Paper>
          )
        })}
      </Stack>
      {view.entries.length > most && (
        <Button mt="xs" size="xs" variant="default" onClick={() => setMost(most + first)}>
          {t('records.more', { count: view.entries.length - most })}
        </Button>
      )}
      {opened === 'return' && <ReturnDialog view={view} entries={entries} done={() => choose([])} />}
    </>
  )
}

function ReturnDialog({ view, entries, done }: { view: LogbookView; entries: readonly string[]; done: () => void }) {
  const { t } = useReader()
  const [typed, type] = useState('')
  const form = useForm(logbookCommand(view.programme.id, view.cohort.id, view.person), () => (done(), close('dialog')), ['reason'])
  return (
    <FormDialog
      title={t('logbook.return')}
      command={form}
      send={() => void form.run({ type: 'returnCases', entries: [...entries], seen: view.version, reason: typed.trim() })}
      act={t('logbook.return')}
      disabled={!typed.trim() || entries.length === 0}
      close={() => close('dialog')}
    >
      <Text size="sm">{t('logbook.returnText')}</Text>
      <Textarea
        name="reason"
        label={t('programmes.why')}
        description={t('programmes.noPatients')}
        required
        maxLength={1000}
        autosize
        minRows={2}
        data-autofocus
        value={typed}
        error={form.at('reason')}
        onChange={(event) => type(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
