import { HubConnectionState } from '@microsoft/signalr'
import { codeOf, open } from '../hub'
import { type MediaFrame, readPacket } from '../wire'

export type Quality = 'full' | 'small' | 'sound'
const qualities: Record<Quality, number> = { full: 0, small: 1, sound: 2 }

/** A publication on air. `startedAt` is the time at which its clock was at 0. */
export interface Source {
  readonly publication: number
  readonly person: string
  readonly startedAt: string
  readonly tracks: readonly number[]
}

/** `open` is false while the stage is closed to this viewer. */
export interface Air {
  readonly open: boolean
  readonly sources: readonly Source[]
  readonly at: string
}

export type LinkState = 'connecting' | 'live' | 'offline' | 'refused'

interface Callbacks {
  readonly media: (frames: MediaFrame[]) => void
  readonly air: (air: Air) => void
  readonly state: (state: LinkState, code: string | null) => void
}

const slowest = 5_000

/** A viewer's connection to one lecture. It reconnects automatically and then begins with the newest keyframe. A refusal is final. */
export class ViewerLink {
  private readonly hub = open()
  private attempt = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private closed = false

  constructor(
    private readonly session: string,
    private quality: Quality,
    private readonly callbacks: Callbacks,
  ) {
    this.hub.on('Media', (packet: Uint8Array) => callbacks.media(readPacket(packet)))
    this.hub.on('Air', (air: Air) => callbacks.air(air))
    this.hub.onclose(() => this.lost())
    window.addEventListener('online', this.retryNow)
    document.addEventListener('visibilitychange', this.retryNow)
    void this.connect()
  }

  choose(quality: Quality) {
    this.quality = quality
    this.tell('Choose', qualities[quality])
  }

  played(publication: number, position: number, lag: number) {
    this.tell('Played', publication, Math.round(position), Math.round(lag))
  }

  /** A receipt for the media that the hub has sent to this connection. Null without a connection, or if the call fails. */
  async receipt(): Promise<string | null> {
    return this.is(HubConnectionState.Connected) ? this.hub.invoke<string>('Receipt').catch(() => null) : null
  }

  close() {
    this.closed = true
    clearTimeout(this.timer)
    window.removeEventListener('online', this.retryNow)
    document.removeEventListener('visibilitychange', this.retryNow)
    void this.hub.stop()
  }

  private tell(method: string, ...values: unknown[]) {
    if (this.hub.state === HubConnectionState.Connected) this.hub.send(method, ...values).catch(() => undefined)
  }

  private async connect() {
    clearTimeout(this.timer)
    if (this.closed || !this.is(HubConnectionState.Disconnected)) return
    try {
      await this.hub.start()
    } catch {
      return this.lost()
    }
    try {
      await this.hub.invoke('Watch', this.session, qualities[this.quality])
      this.attempt = 0
      this.callbacks.state('live', null)
    } catch (error) {
      if (!this.is(HubConnectionState.Connected)) return // the connection was lost and is made again
      this.closed = true
      this.callbacks.state('refused', codeOf(error))
      void this.hub.stop()
    }
  }

  private is(state: HubConnectionState) {
    return this.hub.state === state
  }

  private lost() {
    if (this.closed) return
    this.callbacks.state('offline', null)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.connect(), Math.min(slowest, 200 * 2 ** this.attempt++) * (0.5 + Math.random() / 2))
  }

  private readonly retryNow = () => {
    this.attempt = 0
    void this.connect()
  }
}
