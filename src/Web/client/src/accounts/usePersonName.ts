import { useResource } from '../api/useResource'
import { useReader } from '../i18n'
import { useViewer } from '../viewer/useViewer'
import type { Account } from './wire'

/** The name of a person with an account. If the viewer may not read the account, it is the id. */
export function usePersonName(person: string): string {
  const { nameOf, word } = useReader()
  const viewer = useViewer()
  const isHub = person === 'hub-system'
  const own = person === viewer.person
  const { data } = useResource<Account>(isHub || own ? null : `/api/people/${encodeURIComponent(person)}`)
  return isHub ? word('roles', 'system') : nameOf(own ? viewer.name : data?.name) || person
}
