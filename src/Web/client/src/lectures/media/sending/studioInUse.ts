import { useSyncExternalStore } from 'react'
import type { PublisherState } from './Publisher'

/** A speaker's studio, as other pages see it. */
export interface StudioInUse {
  readonly session: string
  readonly title: string
  /** The address of the studio's page. */
  readonly page: string
  readonly state: PublisherState | 'off'
  goOffAir(): void
}

// The studio is kept outside the pages, so that a speaker who moves between pages stays on air.
let inUse: StudioInUse | null = null
let revision = 0
const listeners = new Set<() => void>()

const asks = (event: BeforeUnloadEvent) => event.preventDefault()

/** The studio in use. Null if the viewer is neither on a studio's page nor on air. */
export const studioInUse = () => inUse

const isOnAir = () => inUse !== null && inUse.state !== 'off'

/** Takes the viewer off air before they sign out. If they are on air, `sure` asks them first. Returns false if they want to stay. */
export function leaveStudio(sure: () => boolean): boolean {
  if (isOnAir() && !sure()) return false
  inUse?.goOffAir()
  return true
}

/** Called with the studio whenever it changes. While the speaker is on air, the browser asks before it closes the page. */
export function tellStudio(studio: StudioInUse | null) {
  inUse = studio
  revision++
  if (isOnAir()) window.addEventListener('beforeunload', asks)
  else window.removeEventListener('beforeunload', asks)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function useStudioInUse(): StudioInUse | null {
  useSyncExternalStore(subscribe, () => revision)
  return inUse
}
