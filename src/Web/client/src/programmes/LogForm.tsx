import { Button, Group, NumberInput, Select, SimpleGrid } from '@mantine/core'
import { useState } from 'react'
import { useForm } from '../accounts/useForm'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { TypedField } from '../records/TypedField'
import { caseRoles, logbookCommand, type LogbookView } from './wire'

interface Props {
  readonly view: LogbookView
  /** The entry that is corrected. Without it, the form logs new cases. */
  readonly entry?: LogbookView['entries'][number]
  readonly done?: () => void
}

/** Logs cases, or corrects cases that nobody has signed. */
export function LogForm({ view, entry, done }: Props) {
  const { t, word, nameOf } = useReader()
  const [activity, setActivity] = useState<string | null>(entry?.activity ?? null)
  const [day, setDay] = useState<string | undefined>(entry?.day ?? view.today)
  const [cases, setCases] = useState<number | string>(entry?.cases ?? 1)
  const [role, setRole] = useState<string | null>(entry?.role ?? 'supervised')
  // The id stays until the cases are stored, so that a repeat after a lost answer logs nothing twice.
  const [id, renew] = useState(() => entry?.id ?? crypto.randomUUID())
  const fields = ['activity', 'day', 'cases', 'role']
  const send = logbookCommand(view.programme.id, view.cohort.id, view.person)
  const form = useForm(send, () => (setCases(1), renew(crypto.randomUUID()), done?.()), fields)
  const chosen = caseRoles.find((one) => one === role)
  return (
    <form
      data-form={entry?.id ?? 'new'}
      onSubmit={(event) => {
        event.preventDefault()
        if (activity && day && chosen) void form.run({ type: 'logCases', entry: id, activity, day, cases: Number(cases), role: chosen })
      }}
    >
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} mb="xs">
        <Select
          name="activity"
          label={t('logbook.activity')}
          required
          value={activity}
          onChange={setActivity}
          error={form.at('activity')}
          data={view.progress.activities.map(({ activity: one }) => ({ value: one.id, label: nameOf(one.name) }))}
        />
        <TypedField kind="date" name="day" label={t('logbook.day')} required value={day ?? ''} onChange={setDay} error={form.at('day')} />
        <NumberInput
          name="cases"
          label={t('logbook.howMany')}
          required
          min={1}
          max={100}
          value={cases}
          onChange={setCases}
          error={form.at('cases')}
        />
        <Select
          name="role"
          label={t('logbook.role')}
          required
          value={role}
          onChange={setRole}
          error={form.at('role')}
          data={caseRoles.map((one) => ({ value: one, label: word('caseRoles', one) }))}
        />
      </SimpleGrid>
      <ProblemNotice problem={form.rest} waiting={form.waiting} />
      {form.factorDialog}
      <Group mb="md">
        <Button type="submit" data-do="log" loading={form.busy} disabled={!activity || !day || !chosen}>
          {t(entry ? 'logbook.save' : 'logbook.log')}
        </Button>
        {done && (
          <Button variant="default" onClick={done}>
            {t('shell.cancel')}
          </Button>
        )}
      </Group>
    </form>
  )
}
