import type { NetworkNames } from '../networks/useNetwork'
import { localOf } from '../time/format'
import { type Engagement, needsAttention, takesTime } from './roster'

export type Only = 'all' | 'attention' | 'pending'

/** What the viewer has chosen to see on the board. */
export interface BoardView {
  readonly by: 'rooms' | 'consultants'
  readonly span: 'day' | 'week'
  /** The local date that the day view shows. */
  readonly date: string
  readonly hospital: string | null
  readonly specialty: string | null
  readonly kind: string | null
  readonly status: string | null
  readonly only: Only
  readonly text: string
  /** Whether rows without a match are left out. */
  readonly narrows: boolean
}

export const narrows = (view: Omit<BoardView, 'narrows'>) =>
  !!(view.specialty || view.kind || view.status || view.only !== 'all' || view.text.trim())

export function matches(engagement: Engagement, view: BoardView, zone: string, names: NetworkNames): boolean {
  if (
    view.span === 'day' &&
    !(localOf(engagement.start, zone).slice(0, 10) <= view.date && localOf(Date.parse(engagement.end) - 1, zone).slice(0, 10) >= view.date)
  )
    return false
  if (view.hospital && engagement.hospital !== view.hospital) return false
  if (view.specialty && engagement.specialty !== view.specialty) return false
  if (view.kind && engagement.kind !== view.kind) return false
  if (view.status ? engagement.status !== view.status : !takesTime(engagement)) return false
  if (view.only === 'pending' && !engagement.proposal) return false
  if (view.only === 'attention' && !needsAttention(engagement)) return false
  const text = view.text.trim().toLocaleLowerCase()
  return (
    !text ||
    [
      engagement.title,
      engagement.id,
      names.hospitalName(engagement.hospital),
      names.roomName(engagement.hospital, engagement.room),
      ...engagement.consultants.map(names.personName),
    ].some((s) => s.toLocaleLowerCase().includes(text))
  )
}
