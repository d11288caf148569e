import { ActionIcon, Button, Group, Text, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type Icon, IconDownload, IconFileUpload, IconPlus } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState } from 'react'
import useSWR, { useSWRConfig } from 'swr'
import { useSearch } from 'wouter'
import type { Problem } from '../api/http'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { useRecordChanges } from '../networks/useRecordChanges'
import { close, open, useOpened } from '../shell/opened'
import { useTitle } from '../shell/title'
import { useAskAgain } from '../viewer/useViewer'
import { askedOf, rowsUrl } from './address'
import { DoneNotice } from './DoneNotice'
import { ImportPanel } from './ImportPanel'
import { OnlyRecord } from './OnlyRecord'
import { RecordDrawer, recordKey } from './RecordDrawer'
import { RecordList } from './RecordList'
import classes from './Records.module.css'
import { type Change, readRows } from './requests'
import { idOf, isOnly, isSingle, mayAdd, mayChange, noNetwork, ownerOf } from './tables'
import { useExport } from './useExport'
import type { Names } from './useNames'
import type { RecordTable } from './wire'

interface Props {
  readonly network: string
  readonly tables: readonly RecordTable[]
  readonly table: RecordTable
  readonly title: string
  readonly names: Names
}

/** A change that was just stored, and the tag of the record since then. */
export interface Done {
  readonly change: Change
  readonly tag: string | null
  /** The codes of what the person may have overlooked. */
  readonly hints?: readonly string[]
}

/** The list of a table's records, the open record, and the import of a file. */
export function TablePage({ network, tables, table, title, names }: Props) {
  const { t, word } = useReader()
  const asked = askedOf(useSearch(), table.columns)
  const { data, error, mutate } = useSWR<Awaited<ReturnType<typeof readRows>>, Problem>(rowsUrl(table.name, network, asked), readRows, {
    keepPreviousData: true,
    revalidateOnFocus: false,
  })
  const version = useRecordChanges(network === noNetwork ? null : network)?.find((changes) => changes.kind === ownerOf(table))?.version
  const readAgain = useEffectEvent(() => void mutate())
  useEffect(() => {
    if (version !== undefined) readAgain()
  }, [version])
  const opened = useOpened('record')
  const importing = useOpened('import') !== null
  const [done, setDone] = useState<Done>()
  const exported = useExport(table.name, network)
  useTitle(`${title} · ${t('records.title')}`)
  const row = data?.rows.find((each) => idOf(table, each.path) === opened)
  const may = mayChange(table, network)
  const mayNew = mayAdd(table, network) && !isOnly(table)
  const { mutate: forget } = useSWRConfig()
  const askAgain = useAskAgain()
  const stored = (next: Done) => {
    setDone(next)
    void mutate()
    void forget(recordKey(next.change.path), undefined)
    // Whoever enters a network becomes its coordinator.
    if (table.name === 'networks') for (const address of ['/api/networks', '/api/tables']) void forget(address)
    if (table.name === 'networks' && !next.change.before) void askAgain()
  }
  return (
    <div className={classes.content}>
      <Group justify="space-between" mb={4}>
        <Title order={1} size="h2">
          {title}
        </Title>
        <Group gap="xs">
          <Act icon={IconDownload} label={t('records.export')} busy={exported.busy} run={() => void exported.run()} name="export" />
          {may && !importing && <Act icon={IconFileUpload} label={t('records.import')} run={() => open('import', 'file')} name="import" />}
          {mayNew && !importing && (
            <Button data-do="new" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => open('record', 'new')}>
              {word('recordNew', table.name)}
            </Button>
          )}
        </Group>
      </Group>
      <Text size="sm" c="dimmed" mb="md" maw="46rem">
        {word('tableHelp', table.name)}
      </Text>
      <ProblemNotice problem={exported.problem} title={t('shell.notRead')} />
      {importing ? (
        <ImportPanel
          network={network}
          table={table}
          names={names}
          may={may}
          close={() => close('import')}
          stored={() => (setDone(undefined), void mutate())}
        />
      ) : (
        <>
          <ProblemNotice problem={error} title={t('shell.notRead')} />
          {isSingle(table) ? (
            <OnlyRecord network={network} table={table} names={names} rows={data?.rows} />
          ) : (
            <RecordList
              network={network}
              tables={tables}
              table={table}
              names={names}
              asked={asked}
              found={data}
              failed={!!error}
              may={mayNew}
              mayImport={may}
            />
          )}
        </>
      )}
      {opened !== null && !table.byFileOnly && (
        <RecordDrawer
          key={opened}
          network={network}
          tables={tables}
          table={table}
          names={names}
          id={opened}
          row={row}
          version={version}
          filters={asked.filters}
          stored={stored}
        />
      )}
      {done && <DoneNotice key={done.tag} table={table} names={names} done={done} stored={stored} close={() => setDone(undefined)} />}
    </div>
  )
}

interface ActProps {
  readonly icon: Icon
  readonly label: string
  readonly busy?: boolean
  readonly run: () => void
  readonly name: string
}

/** A button of the table. A phone has only room for its icon. */
function Act({ icon: Sign, label, busy, run, name }: ActProps) {
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false })
  const icon = <Sign size={18} aria-hidden />
  return narrow ? (
    <ActionIcon variant="default" size={44} aria-label={label} title={label} data-do={name} loading={busy} onClick={run}>
      {icon}
    </ActionIcon>
  ) : (
    <Button variant="default" leftSection={icon} data-do={name} loading={busy} onClick={run}>
      {label}
    </Button>
  )
}
