import { rolesOf, useViewer } from '../viewer/useViewer'

/** For which people and roles the viewer is responsible: an administrator for all, and a coordinator for those of one network. */
export function useReach() {
  const viewer = useViewer()
  const everywhere = rolesOf(viewer).has('administrator')
  return { everywhere, network: everywhere ? undefined : viewer.network || undefined }
}
