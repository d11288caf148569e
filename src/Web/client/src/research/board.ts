import type { Item, LateMilestone, Milestone, Stage } from './wire'

/** The stages in their order. */
export const stages: readonly Stage[] = [
  'idea',
  'protocol',
  'ethics',
  'agreements',
  'funding',
  'recruiting',
  'analysis',
  'published',
  'closed',
]

export const kinds = ['jointResearch', 'researchInnovation', 'researchInfrastructure'] as const

/** The values that the address of the board asks for. */
export interface Filters {
  readonly kind: string | null
  readonly partner: string | null
  readonly specialty: string | null
}

/** Whether the next milestone is late on a day of the network, also before the hub has said so. */
export const isLate = ({ late, nextDue, stage }: Pick<Item, 'late' | 'nextDue' | 'stage'>, today: string) =>
  late > 0 || (stage !== 'closed' && !!nextDue && nextDue < today)

/** The initiatives that pass the filters, by stage. Late ones come first, then those whose next milestone is due first. */
export function byStage(items: readonly Item[], { kind, partner, specialty }: Filters, today: string) {
  const shown = items.filter(
    (item) => (!kind || item.kind === kind) && (!partner || item.partner === partner) && (!specialty || item.specialty === specialty),
  )
  const rank = (item: Item) => `${isLate(item, today) ? 0 : 1}${item.nextDue ?? '9999'}${item.title.en}`
  return stages
    .map((stage) => ({
      stage,
      items: shown.filter((item) => item.stage === stage).sort((a, b) => (rank(a) < rank(b) ? -1 : 1)),
    }))
    .filter((group) => group.items.length > 0)
}

/** The milestones in an order in which each comes after those that must be done before it, and otherwise by their due days. */
export function inOrder(milestones: readonly Milestone[]): readonly Milestone[] {
  const left = [...milestones].sort((a, b) => a.due.localeCompare(b.due) || a.id.localeCompare(b.id))
  const placed: Milestone[] = []
  while (left.length > 0) {
    const next = left.findIndex(({ after }) => after.every((id) => !left.some((other) => other.id === id)))
    placed.push(...left.splice(Math.max(0, next), 1))
  }
  return placed
}

/** What the hub has told about the due day of a milestone. */
export const lateOf = ({ id, due }: Milestone, late: readonly LateMilestone[]) =>
  late.findLast((told) => told.milestone === id && told.due === due)
