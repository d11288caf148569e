import { Button, Center, Loader, Text } from '@mantine/core'
import { IconEdit, IconEye } from '@tabler/icons-react'
import { useReader } from '../i18n'
import { open } from '../shell/opened'
import classes from './Records.module.css'
import { idOf, mayChange, shownColumns } from './tables'
import type { Names } from './useNames'
import { useShown } from './useShown'
import { useWords } from './useWords'
import type { RecordRow, RecordTable } from './wire'

interface Props {
  readonly network: string
  readonly table: RecordTable
  readonly names: Names
  readonly rows: readonly RecordRow[] | undefined
}

/** A table with one record in each network, such as the rules for rosters. All its values are shown at once. */
export function OnlyRecord({ network, table, names, rows }: Props) {
  const { t, word } = useReader()
  const shown = useShown(table.name, names)
  const words = useWords(table.name)
  const row = rows?.[0]
  if (!rows)
    return (
      <Center h={120}>
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  if (!row) return <Text role="status">{word('tableEmpty', table.name)}</Text>
  const may = mayChange(table, network, row)
  return (
    <>
      <Button
        mb="md"
        data-do="edit"
        leftSection={may ? <IconEdit size={18} aria-hidden /> : <IconEye size={18} aria-hidden />}
        onClick={() => open('record', idOf(table, row.path))}
      >
        {t(may ? 'records.edit' : 'records.show')}
      </Button>
      <dl className={classes.facts}>
        {shownColumns(table).map((column) => (
          <div key={column.name}>
            <dt>{words.column(column.name)}</dt>
            <dd>
              <bdi>{shown(column, row.cells[column.name], row.cells) || '–'}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
