import { Button, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Notice } from '../commands/Notice'
import { useReader } from '../i18n'
import { isSame } from './cells'
import classes from './Records.module.css'
import type { Shown } from './useShown'
import { useWords } from './useWords'
import type { Cells, RecordTable } from './wire'

interface Props {
  readonly table: RecordTable
  readonly shown: Shown
  /** The record as the person saw it, as they typed it, and as the hub has it now. */
  readonly before: Cells
  readonly mine: Cells
  readonly theirs: Cells
  readonly done: (merged: Cells) => void
}

/**
 * Shows field by field what somebody else has changed since the form opened. A field that only they have changed takes their value, unless
 * the person chooses otherwise. Where both have typed, the person's own value is chosen first.
 */
export function Merge({ table, shown, before, mine, theirs, done }: Props) {
  const { t } = useReader()
  const words = useWords(table.name)
  const columns = table.columns.filter(
    (column) => !isSame(column, before[column.name], theirs[column.name]) && !isSame(column, mine[column.name], theirs[column.name]),
  )
  const [chosen, setChosen] = useState<Readonly<Record<string, 'mine' | 'theirs'>>>({})
  const sideOf = (name: string) =>
    chosen[name] ??
    (isSame(
      table.columns.find((column) => column.name === name)!,
      before[name],
      mine[name],
    )
      ? 'theirs'
      : 'mine')
  const finish = () => {
    const merged: Record<string, Cells[string]> = { ...mine }
    for (const { name } of columns) if (sideOf(name) === 'theirs') merged[name] = theirs[name]
    done(merged)
  }
  return (
    <Notice kind="warning" role="alert" title={t('shell.changedMeanwhile')}>
      <Stack gap="sm" align="flex-start" data-merge>
        <Text size="sm">{t(columns.length > 0 ? 'records.mergeText' : 'records.mergeNothing')}</Text>
        {columns.map((column) => {
          const { name } = column
          const said = (cells: Cells) => shown(column, cells[name], cells) || t('records.nothing')
          return (
            <Radio.Group
              key={name}
              className={classes.merge}
              label={words.column(name)}
              description={t('records.before', { value: said(before) })}
              value={sideOf(name)}
              onChange={(side) => setChosen({ ...chosen, [name]: side as 'mine' | 'theirs' })}
              data-merging={name}
            >
              <Stack gap={4} mt={4}>
                <Radio value="theirs" label={t('records.theirs', { value: said(theirs) })} />
                <Radio value="mine" label={t('records.mine', { value: said(mine) })} />
              </Stack>
            </Radio.Group>
          )
        })}
        <Button size="xs" variant="default" data-do="merge" onClick={finish}>
          {t('records.mergeDone')}
        </Button>
      </Stack>
    </Notice>
  )
}
