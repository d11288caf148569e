import type { ResetOffer } from '../api/schema'
import { useResource } from '../api/useResource'

/** Whether the hub sends mail. Undefined means that the answer is not known yet. */
export const useMail = () => useResource<ResetOffer>('/api/session/reset').data?.byMail
