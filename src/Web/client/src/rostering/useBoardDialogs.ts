import { useState } from 'react'
import { close, open } from '../shell/opened'
import type { Asking } from './Details'
import type { Question } from './DropDialog'
import type { Blank } from './PlanDialog'
import type { Engagement } from './roster'

/** An engagement that was dropped onto a consultant's row, in the state that it had when the drag began. `on` is the consultant's id. */
interface Dropped {
  readonly engagement: Engagement
  readonly on: string | null
}

/** Opens and closes the dialogs of a board. The address names the open dialog, unless it is a question. All else is kept here. */
export function useBoardDialogs(network: string, week: string) {
  const page = `/board/${network}/${week}`
  const [dropped, setDropped] = useState<Dropped>()
  const [question, setQuestion] = useState<Question | null>(null)
  const [blank, setBlank] = useState<Blank>()
  const ask = (what: Exclude<Asking, 'cancel'>, id: string) => open(what, id, page)
  return {
    dropped,
    question,
    /** The first values in the form for a new engagement, if the person chose a place on the board for it. */
    blank,
    ask,
    askAboutDrop: (on: Dropped) => (setDropped(on), ask('reassign', on.engagement.id)),
    askReason: setQuestion,
    plan: (first: Blank) => (setBlank(first), open('dialog', 'plan', page)),
    closeReassign: () => (setDropped(undefined), close('reassign')),
    closeQuestion: () => setQuestion(null),
    closePlan: () => (setBlank(undefined), close('dialog')),
  }
}

export type UsedBoardDialogs = ReturnType<typeof useBoardDialogs>
