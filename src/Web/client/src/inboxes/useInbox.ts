import { useMemo } from 'react'
import { http } from '../api/http'
import type { TopicItemAlert } from '../api/schema'
import { useTopicNow } from '../live/useTopic'

export type InboxAlert = TopicItemAlert

/** A person's alerts, newest first, live. */
export function useInbox(person: string) {
  const { picture } = useTopicNow(`inbox/${person}`)
  return useMemo(() => {
    const alerts = [...picture.items.values()].filter((item) => item.type === 'alert').sort((a, b) => b.at.localeCompare(a.at))
    return { known: picture.position !== null, alerts, open: alerts.filter((a) => a.isOpen) }
  }, [picture])
}

const at = (person: string, alert: InboxAlert) => `/api/inboxes/${person}/alerts/${encodeURIComponent(alert.id)}`

export const acknowledge = (person: string, alert: InboxAlert, waiting?: () => void) =>
  http.postAgain(`${at(person, alert)}/acknowledgement`, undefined, waiting)

/** Marks an alert as seen, which does not acknowledge it. An urgent alert and an alert about a proposal stay open. */
export const see = (person: string, alert: InboxAlert, waiting?: () => void) =>
  http.postAgain(`${at(person, alert)}/seen`, undefined, waiting)

/** Whether an alert demands that its person acknowledges it. An alert about a proposal needs an answer to the proposal instead. */
export const demands = (alert: InboxAlert) => alert.urgent && !alert.acknowledgedAt && !alert.proposal
