import { Button, Group, Select } from '@mantine/core'
import { useState } from 'react'
import { useForm } from '../accounts/useForm'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { levels, logbookCommand, type LogbookView } from './wire'

interface Props {
  readonly logbook: LogbookView
  readonly activity: string
  readonly level: (typeof levels)[number] | undefined
}

/** A supervisor says how far the person is entrusted with an activity. */
export function EntrustForm({ logbook, activity, level }: Props) {
  const { t, word } = useReader()
  const [chosen, choose] = useState<string | null>(null)
  const form = useForm(logbookCommand(logbook.programme.id, logbook.cohort.id, logbook.person), () => choose(null))
  const next = levels.find((one) => one === (chosen ?? level))
  return (
    <>
      <Group gap="xs" mt="xs" align="flex-end" wrap="nowrap">
        <Select
          label={t('logbook.level')}
          size="xs"
          flex={1}
          value={chosen ?? level ?? null}
          onChange={choose}
          data={levels.map((one, i) => ({ value: one, label: `${i + 1} · ${word('entrustmentLevels', one)}` }))}
        />
        <Button
          size="xs"
          variant="default"
          data-do="entrust"
          loading={form.busy}
          disabled={!next || next === level}
          onClick={() => next && void form.run({ type: 'entrust', activity, level: next, seen: logbook.version })}
        >
          {t('logbook.entrust')}
        </Button>
      </Group>
      <ProblemNotice problem={form.problem} waiting={form.waiting} />
      {form.factorDialog}
    </>
  )
}
