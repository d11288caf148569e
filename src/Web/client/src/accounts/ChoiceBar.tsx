import { Button, Checkbox, Group, Paper, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { http, Problem } from '../api/http'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import type { Account, PeoplePage } from './wire'

/** How many people can get links at once, and how many the hub lists at once. */
export const mostChosen = 500
const listed = 200

interface Props {
  /** The filter of the list below, as parameters of a request to the hub. */
  readonly filter: Readonly<Record<string, string>>
  /** How many people the filter finds. */
  readonly total: number
  readonly onlyNew: boolean
  readonly setOnlyNew: (only: boolean) => void
  readonly chosen: ReadonlyMap<string, Account>
  readonly setChosen: (chosen: ReadonlyMap<string, Account>) => void
  readonly goOn: () => void
  readonly finish: () => void
}

/** Lets the reader choose the people who get new links: people of the list below one by one, or all of them. */
export function ChoiceBar({ filter, total, onlyNew, setOnlyNew, chosen, setChosen, goOn, finish }: Props) {
  const { t } = useReader()
  const [reading, setReading] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const count = Math.min(total, mostChosen)
  const chooseAll = async () => {
    setReading(true)
    setProblem(undefined)
    try {
      const found = new Map<string, Account>()
      for (let skip = 0; skip < count; skip += listed) {
        const take = Math.min(listed, count - skip)
        const page = await http.get<PeoplePage>(`/api/people?${new URLSearchParams({ ...filter, skip: `${skip}`, take: `${take}` })}`)
        for (const account of page.people) found.set(account.person, account)
      }
      setChosen(found)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setProblem(error)
    } finally {
      setReading(false)
    }
  }
  return (
    <Paper withBorder p="sm" radius="md" mb="sm" component="section" aria-label={t('mail.many')} data-choice>
      <Stack gap="xs">
        <Text size="sm">{t('mail.manyText')}</Text>
        <Checkbox label={t('mail.onlyNew')} checked={onlyNew} onChange={(e) => setOnlyNew(e.currentTarget.checked)} />
        <ProblemNotice problem={problem} title={t('shell.notRead')} />
        <Group gap="xs">
          <Button variant="default" size="xs" disabled={total === 0} loading={reading} onClick={() => void chooseAll()}>
            {t(total > mostChosen ? 'mail.chooseFirst' : 'mail.chooseAll', { count })}
          </Button>
          <Button variant="default" size="xs" disabled={chosen.size === 0} onClick={() => setChosen(new Map())}>
            {t('mail.chooseNone')}
          </Button>
          <Text size="sm" role="status" style={{ flexGrow: 1 }}>
            {t('mail.chosen', { count: chosen.size })}
          </Text>
          <Button variant="default" onClick={finish}>
            {t('mail.finish')}
          </Button>
          <Button data-do="go-on" disabled={chosen.size === 0} onClick={goOn}>
            {t('mail.goOn')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
