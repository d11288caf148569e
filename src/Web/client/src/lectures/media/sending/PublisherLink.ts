import { HubConnectionState } from '@microsoft/signalr'
import { open } from '../hub'

/** A publisher's connection. It sends and does not watch. */
export class PublisherLink {
  private readonly hub = open()

  constructor(onLost: () => void) {
    this.hub.onclose(onLost)
  }

  /** Goes on air and returns the publication's number. Throws an error that holds the refusal's code. */
  async publish(session: string, tracks: readonly number[]): Promise<number> {
    if (this.hub.state === HubConnectionState.Disconnected) await this.hub.start()
    return this.hub.invoke<number>('Publish', session, tracks)
  }

  /** Completes when the hub has passed the packet on. */
  upload(packet: Uint8Array): Promise<void> {
    return this.hub.invoke('Upload', packet)
  }

  async switch(tracks: readonly number[]) {
    if (this.hub.state === HubConnectionState.Connected) await this.hub.invoke('Switch', tracks)
  }

  async close() {
    if (this.hub.state === HubConnectionState.Connected) await this.hub.invoke('Finish').catch(() => undefined)
    await this.hub.stop()
  }
}
