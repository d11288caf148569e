import { lazy, Suspense } from 'react'
import type { TopicItem } from '../api/schema'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { close, useOpened } from '../shell/opened'
import { Details } from './Details'
import { DropDialog } from './DropDialog'
import { Elsewhere } from './Elsewhere'
import type { Blank } from './PlanDialog'
import { ReassignDialog } from './ReassignDialog'
import { type Engagement, weekOfEngagement } from './roster'
import type { UsedBoardDialogs } from './useBoardDialogs'
import type { UsedRosterCommand } from './useRosterCommand'

// People who only look at a board need neither of these dialogs, so each dialog is loaded when it is opened.
const ChangeTimeDialog = lazy(() => import('./ChangeTimeDialog').then((module) => ({ default: module.ChangeTimeDialog })))
const PlanDialog = lazy(() => import('./PlanDialog').then((module) => ({ default: module.PlanDialog })))

interface Props {
  readonly network: string
  readonly names: NetworkNames
  readonly items: ReadonlyMap<string, TopicItem>
  /** Whether the week has been read. */
  readonly known: boolean
  readonly readOnly: boolean
  readonly command: UsedRosterCommand
  readonly dialogs: UsedBoardDialogs
  /** The first values in the form for a new engagement, unless the person chose a place on the board for it. */
  readonly emptyPlan: Blank
  readonly focusOn: (id: string) => void
}

/** The dialogs over a board: those that its address names, and the question about an engagement that was dropped or is called off. */
export function BoardDialogs({ network, names, items, known, readOnly, command, dialogs, emptyPlan, focusOn }: Props) {
  const { t } = useReader()
  const asked = { show: useOpened('show'), reassign: useOpened('reassign'), changeTime: useOpened('changeTime') }
  const planning = useOpened('dialog') === 'plan' && !readOnly
  const engagementOf = (id: string | null) => (id ? (items.get(`engagement/${id}`) as Engagement | undefined) : undefined)
  const weekOf = (engagement: Engagement) => weekOfEngagement(engagement, names.zone)
  const shown = engagementOf(asked.show)
  const reassigned = readOnly ? undefined : engagementOf(asked.reassign)
  const retimed = readOnly ? undefined : engagementOf(asked.changeTime)
  const missing = known
    ? (['show', 'reassign', 'changeTime'] as const).find((name) => asked[name] && !engagementOf(asked[name]))
    : undefined
  const { question } = dialogs
  const dropped = dialogs.dropped?.engagement.id === reassigned?.id ? dialogs.dropped : undefined
  return (
    <>
      {shown && (
        <Details
          network={network}
          week={weekOf(shown)}
          engagement={shown}
          names={names}
          readOnly={readOnly}
          command={command}
          close={() => (close('show'), command.clear())}
          ask={(what) =>
            what === 'cancel'
              ? dialogs.askReason({
                  title: t('board.cancelTitle', { title: shown.title }),
                  engagement: shown,
                  input: (engagement) => ({ type: 'cancel', engagement: engagement.id, expectedVersion: engagement.version }),
                  findings: [],
                })
              : dialogs.ask(what, shown.id)
          }
        />
      )}
      {reassigned && (
        <ReassignDialog
          network={network}
          week={weekOf(reassigned)}
          engagement={reassigned}
          first={dropped?.engagement}
          chosen={dropped?.on ?? null}
          names={names}
          close={dialogs.closeReassign}
        />
      )}
      {retimed && (
        <Suspense>
          <ChangeTimeDialog network={network} week={weekOf(retimed)} engagement={retimed} names={names} close={() => close('changeTime')} />
        </Suspense>
      )}
      {question && (
        <DropDialog
          network={network}
          week={weekOf(question.engagement)}
          question={question}
          live={engagementOf(question.engagement.id) ?? question.engagement}
          names={names}
          command={command}
          close={() => (dialogs.closeQuestion(), command.clear())}
        />
      )}
      {planning && (
        <Suspense>
          <PlanDialog network={network} blank={dialogs.blank ?? emptyPlan} names={names} close={dialogs.closePlan} done={focusOn} />
        </Suspense>
      )}
      {missing && (
        <Elsewhere network={network} name={missing} id={asked[missing]!} items={items} names={names} close={() => close(missing)} />
      )}
    </>
  )
}
