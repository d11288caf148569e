import { useMemo } from 'react'
import { http } from '../api/http'
import type { TopicItemAlert } from '../api/schema'
import { useTopic } from '../live/useTopic'

export type InboxAlert = TopicItemAlert

/** A person's alerts, newest first, live. */
export function useInbox(person: string) {
  const { picture } = useTopic(`inbox/${person}`)
  return useMemo(() => {
    const alerts = [...picture.items.values()].filter((item) => item.type === 'alert').sort((a, b) => b.at.localeCompare(a.at))
    return { known: picture.position !== null, alerts, open: alerts.filter((a) => !a.acknowledgedAt) }
  }, [picture])
}

export const acknowledge = (person: string, alert: InboxAlert) => http.postAgain(`/api/inboxes/${person}/alerts/${encodeURIComponent(alert.id)}/acknowledgement`)
