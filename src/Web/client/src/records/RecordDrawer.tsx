import { Center, Drawer, Loader, Stack, Tabs, Text } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import useSWR from 'swr'
import { Problem } from '../api/http'
import { Notice } from '../commands/Notice'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReturnFocus } from '../commands/useReturnFocus'
import { useReader } from '../i18n'
import { close } from '../shell/opened'
import { useLeaveGuard } from '../shell/useLeaveGuard'
import { RecordForm } from './RecordForm'
import { RecordHistory } from './RecordHistory'
import { readRecord, type Stored } from './requests'
import type { Done } from './TablePage'
import { mayAdd, mayChange, pathOf } from './tables'
import type { Names } from './useNames'
import { useTitleOf } from './useTitleOf'
import type { RecordRow, RecordTable } from './wire'

interface Props {
  readonly network: string
  readonly tables: readonly RecordTable[]
  readonly table: RecordTable
  readonly names: Names
  /** What names the record in the address, or `new`. */
  readonly id: string
  /** The record in the list, if the list has it. */
  readonly row: RecordRow | undefined
  /** Changes when the record may have changed. */
  readonly version: number | undefined
  /** The filters of the list. A new record begins with their values. */
  readonly filters: Readonly<Record<string, string>>
  /** Whether the viewer may add a record, if the page knows it better than the table. */
  readonly mayAdd?: boolean
  readonly stored: (done: Done) => void
}

/** The key under which a record is kept while its screen is open. */
export const recordKey = (path: string) => ['record', path]

const isUnknown = (error: unknown) => error instanceof Problem && error.status === 404

/** One record over the list: its form and its history. */
export function RecordDrawer({ network, tables, table, names, id, row, version, filters, mayAdd: adds, stored }: Props) {
  const { t, word } = useReader()
  const titleOf = useTitleOf(table, names)
  useReturnFocus()
  const isNew = id === 'new'
  const path = isNew ? undefined : pathOf(table, network, id)
  // Null means that there is no such record, or that it was removed.
  const { data, error, mutate } = useSWR<Stored | null, Problem>(
    path ? recordKey(path) : null,
    () => readRecord(table, path!).catch((error: unknown) => (isUnknown(error) ? null : Promise.reject(error))),
    { revalidateOnFocus: false, dedupingInterval: 0 },
  )
  const readAgain = useEffectEvent(() => void mutate())
  useEffect(() => {
    if (version !== undefined) readAgain()
  }, [version])
  const [told, tell] = useState({ unsaved: false, asking: false })
  const leave = useLeaveGuard(told.unsaved, t('records.leaveSure'))
  const shut = () => (leave(), close('record'))
  const [shown, setShown] = useState<string | null>('form')
  // A form that is open stays when somebody removes its record, so that nothing typed is lost.
  const [first, keep] = useState<Stored>()
  if (data && !first) keep(data)
  const may = isNew ? (adds ?? mayAdd(table, network)) : mayChange(table, network, row)
  // A new record belongs to the network that the screen shows.
  const initial = {
    ...Object.fromEntries(
      table.columns.flatMap(({ name, kind }) =>
        filters[name] ? [[name, kind === 'flag' ? filters[name] === 'true' : filters[name]]] : [],
      ),
    ),
    ...Object.fromEntries(
      table.columns.flatMap(({ name, many }) => (name === 'network' || name === 'networks' ? [[name, many ? [network] : network]] : [])),
    ),
  }
  // Only those who may change a record read its history.
  const history = path && data !== undefined && may && (
    <RecordHistory network={network} table={table} names={names} path={path} now={data} may={may} stored={stored} />
  )
  const form = (isNew || first) && (
    <RecordForm
      network={network}
      tables={tables}
      table={table}
      names={names}
      path={path}
      first={first}
      now={isNew ? undefined : data}
      initial={initial}
      may={may}
      tell={tell}
      found={(now) => void mutate(now, { revalidate: false })}
      stored={(done) => (shut(), stored(done))}
      close={() => (!told.unsaved || window.confirm(t('records.leaveSure'))) && shut()}
    />
  )
  return (
    <Drawer
      opened
      onClose={() => (!told.unsaved || window.confirm(t('records.leaveSure'))) && shut()}
      closeOnEscape={!told.asking}
      position="right"
      size={680}
      title={
        <Text span fw={600}>
          <bdi>{isNew ? word('recordNew', table.name) : titleOf(data?.cells ?? first?.cells ?? {}) || word('tables', table.name)}</bdi>
        </Text>
      }
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack gap="sm" data-drawer={id} data-unsaved={told.unsaved || undefined}>
        {!isNew && !path && <Text role="alert">{t('records.noRecord')}</Text>}
        <ProblemNotice problem={error} title={t('shell.notRead')} />
        {path && data === undefined && !error && (
          <Center h={120}>
            <Loader aria-label={t('shell.loading')} />
          </Center>
        )}
        {data === null && !first && (
          <Notice kind="warning" title={t('records.noRecord')}>
            {t('records.noRecordText')}
          </Notice>
        )}
        {form && history ? (
          <Tabs value={shown} onChange={setShown}>
            <Tabs.List mb="md">
              <Tabs.Tab value="form">{t('records.record')}</Tabs.Tab>
              <Tabs.Tab value="history">{t('records.history')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="form">{form}</Tabs.Panel>
            <Tabs.Panel value="history">{shown === 'history' && history}</Tabs.Panel>
          </Tabs>
        ) : (
          form || history
        )}
      </Stack>
    </Drawer>
  )
}
