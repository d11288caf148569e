import { Button, CloseButton, Paper, Text } from '@mantine/core'
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import classes from './Records.module.css'
import type { Done } from './TablePage'
import { useChange } from './useChange'
import type { Names } from './useNames'
import { useTitleOf } from './useTitleOf'
import type { RecordTable } from './wire'

interface Props {
  readonly table: RecordTable
  readonly names: Names
  readonly done: Done
  readonly stored: (done: Done) => void
  readonly close: () => void
}

/** Says briefly what was stored, and takes it back on demand. */
export function DoneNotice({ table, names, done, stored, close }: Props) {
  const { t, word } = useReader()
  const titleOf = useTitleOf(table, names)
  const { path, before, after } = done.change
  const change = useChange(table, names, stored)
  const name = titleOf(after ?? before ?? {})
  const said = t(!after ? 'records.removed' : !before ? 'records.added' : 'records.saved', { name })
  return (
    <>
      <Paper withBorder shadow="md" className={classes.done} data-done>
        <IconCheck size={18} aria-hidden />
        <Text size="sm" role="status" component="div">
          {said}
          {done.hints?.map((hint) => (
            <Text key={hint} size="sm" c="var(--hub-warning)" data-hint={hint}>
              {word('hints', hint)}
            </Text>
          ))}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          data-do="undo"
          leftSection={<IconArrowBackUp size={16} className="mantine-rotate-rtl" aria-hidden />}
          loading={change.busy}
          onClick={() => void change.run({ path, before: after, after: before, tag: done.tag })}
        >
          {t('records.undo')}
        </Button>
        <CloseButton aria-label={t('shell.close')} onClick={close} />
        <ProblemNotice problem={change.problem} waiting={change.waiting} />
      </Paper>
      {change.dialog}
      {change.factorDialog}
    </>
  )
}
