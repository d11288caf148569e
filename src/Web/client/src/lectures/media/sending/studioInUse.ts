import { useSyncExternalStore } from 'react'
import type { PublisherState } from './Publisher'

/** A speaker's studio, as pages see it that are not about it. */
export interface StudioInUse {
  readonly session: string
  readonly title: string
  /** The page of it. */
  readonly page: string
  readonly state: PublisherState | 'off'
  goOffAir(): void
}

// Outside the pages: who moves from one to another stays on air.
let inUse: StudioInUse | null = null
let revision = 0
const ears = new Set<() => void>()

const asks = (event: BeforeUnloadEvent) => event.preventDefault()

/** The studio in use; null where nobody has been backstage. */
export const studioInUse = () => inUse

const isOnAir = () => inUse !== null && inUse.state !== 'off'

/** Takes the viewer off air before they sign out. While they are on air, they are asked first. False means that they stay. */
export function leaveStudio(sure: () => boolean): boolean {
  if (isOnAir() && !sure()) return false
  inUse?.goOffAir()
  return true
}

/** Called with each change of a studio. While it is on air the browser asks before it closes the hub. */
export function tellStudio(studio: StudioInUse | null) {
  inUse = studio
  revision++
  if (isOnAir()) window.addEventListener('beforeunload', asks)
  else window.removeEventListener('beforeunload', asks)
  for (const ear of ears) ear()
}

const subscribe = (ear: () => void) => {
  ears.add(ear)
  return () => void ears.delete(ear)
}

export function useStudioInUse(): StudioInUse | null {
  useSyncExternalStore(subscribe, () => revision)
  return inUse
}
