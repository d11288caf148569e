import type { NetworkNames } from '../networks/useNetwork'
import { localOf } from '../time/format'
import { type Duty, needsAttention, takesTime } from './roster'

export type Only = 'all' | 'attention' | 'pending'

/** What a coordinator has chosen to see. */
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

export function matches(duty: Duty, view: BoardView, zone: string, names: NetworkNames): boolean {
  if (
    view.span === 'day' &&
    !(localOf(duty.start, zone).slice(0, 10) <= view.date && localOf(Date.parse(duty.end) - 1, zone).slice(0, 10) >= view.date)
  )
    return false
  if (view.hospital && duty.hospital !== view.hospital) return false
  if (view.specialty && duty.specialty !== view.specialty) return false
  if (view.kind && duty.kind !== view.kind) return false
  if (view.status ? duty.status !== view.status : !takesTime(duty)) return false
  if (view.only === 'pending' && !duty.proposal) return false
  if (view.only === 'attention' && !needsAttention(duty)) return false
  const text = view.text.trim().toLocaleLowerCase()
  return (
    !text ||
    [
      duty.title,
      duty.id,
      names.hospitalName(duty.hospital),
      names.roomName(duty.hospital, duty.room),
      ...duty.consultants.map(names.personName),
    ].some((s) => s.toLocaleLowerCase().includes(text))
  )
}
