import type { Grant } from './wire'

/** A link that signs a device in, as the hub answers it. */
export interface DeviceLink {
  readonly person: string
  readonly link: string
  readonly until: string
}

/** A wall display or a kiosk, as the hub lists it. */
export interface DeviceView {
  readonly person: string
  readonly name: { readonly en: string; readonly ar?: string; readonly ko?: string }
  readonly userName: string
  readonly grants: readonly Grant[]
  readonly deactivated: boolean
  readonly signedInUntil?: string
  readonly seenAt?: string
  readonly address?: string
  readonly linkUntil?: string
}
