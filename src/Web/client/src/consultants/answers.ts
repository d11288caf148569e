import { demands, type InboxAlert } from '../inboxes/useInbox'
import { inUnits } from '../time/format'

/** Whether an alert is a proposal that can still be accepted or declined. */
export const asksAnswer = (alert: InboxAlert, now: number) => isRequest(alert) && !(alert.deadline && Date.parse(alert.deadline) <= now)

export const isRequest = (alert: InboxAlert) => alert.kind === 'proposed' && !!alert.proposal && !!alert.engagement

/**
 * Open alerts in the order in which to deal with them: first requests that can still be answered, by their deadline, then urgent alerts,
 * then all others. Among urgent alerts and among the others, the newest comes first.
 */
export function inOrder(alerts: readonly InboxAlert[], now: number): InboxAlert[] {
  const rank = (alert: InboxAlert) => (asksAnswer(alert, now) ? 0 : demands(alert) ? 1 : 2)
  return [...alerts].sort(
    (a, b) => rank(a) - rank(b) || (rank(a) === 0 ? (a.deadline ?? '').localeCompare(b.deadline ?? '') : b.at.localeCompare(a.at)),
  )
}

/** The time left to answer, to the second: “14 mins 32 secs”. From one hour on, to the minute: “2 hrs 5 mins”. */
export function countdown(milliseconds: number, locale: string): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  if (seconds >= 3600)
    return inUnits(
      [
        [Math.floor(seconds / 3600), 'hour'],
        [Math.floor((seconds % 3600) / 60), 'minute'],
      ],
      locale,
      'short',
    )
  return inUnits(
    seconds >= 60
      ? [
          [Math.floor(seconds / 60), 'minute'],
          [seconds % 60, 'second'],
        ]
      : [[seconds, 'second']],
    locale,
    'short',
  )
}
