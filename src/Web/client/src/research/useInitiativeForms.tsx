import { type ReactNode, useState } from 'react'
import { useResource } from '../api/useResource'
import { DoneNotice } from '../records/DoneNotice'
import { RecordDrawer } from '../records/RecordDrawer'
import type { Done } from '../records/TablePage'
import { mayAdd } from '../records/tables'
import { useNames } from '../records/useNames'
import type { RecordRow, RecordTable } from '../records/wire'
import { open, useOpened } from '../shell/opened'

const none: readonly RecordTable[] = []

/**
 * The forms of an initiative and its parts, over the page. They are the forms of the records' page. The page's address names the open one:
 * the table and the record, such as `milestones:protocol`, or `milestones:new`.
 * @param initiative The initiative whose parts are changed. Undefined on the board, where only new initiatives are entered.
 * @param may Whether the viewer may change this initiative.
 * @param changed Called when something is stored.
 */
export function useInitiativeForms(network: string, initiative: string | undefined, may: boolean, changed: (done: Done) => void) {
  const tables = useResource<RecordTable[]>('/api/tables').data ?? none
  const names = useNames(network, tables)
  const [table, id] = (useOpened('record') ?? '').split(':')
  const opened = tables.find(({ name }) => name === table)
  const [done, setDone] = useState<{ readonly table: RecordTable; readonly done: Done }>()
  const stored = (of: RecordTable) => (next: Done) => (setDone({ table: of, done: next }), changed(next))
  const recordId = id === 'new' ? id : table === 'initiatives' ? initiative : `${initiative}/${id}`
  const forms: ReactNode = (
    <>
      {opened && id && recordId && (
        <RecordDrawer
          key={recordId}
          network={network}
          tables={tables}
          table={opened}
          names={names}
          id={recordId}
          row={{ mayChange: may } as RecordRow}
          version={undefined}
          filters={initiative ? { initiative } : {}}
          mayAdd={initiative ? may : undefined}
          stored={stored(opened)}
        />
      )}
      {done && (
        <DoneNotice
          key={done.done.tag}
          table={done.table}
          names={names}
          done={done.done}
          stored={stored(done.table)}
          close={() => setDone(undefined)}
        />
      )}
    </>
  )
  const initiatives = tables.find(({ name }) => name === 'initiatives')
  return {
    forms,
    /** Whether the viewer may enter new initiatives. */
    mayEnter: !!initiatives && mayAdd(initiatives, network),
    /** Opens the form of a record, or of a new one. */
    edit: (of: string, record = 'new') => open('record', `${of}:${record}`),
  }
}
