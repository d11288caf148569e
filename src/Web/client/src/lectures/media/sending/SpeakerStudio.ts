import { audio } from '../audio'
import { deviceFault } from '../support'
import { tracks } from '../wire'
import type { MakeEncoding } from './Encoding'
import { loadEncoding } from './loadEncoding'
import { Publisher, type PublisherState } from './Publisher'
import { type StudioInUse, studioInUse, tellStudio } from './studioInUse'
import type { LineHealth } from './Uplink'

export interface Devices {
  readonly cameras: readonly MediaDeviceInfo[]
  readonly microphones: readonly MediaDeviceInfo[]
}

const voice = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 }
/** The browser does not filter the sound of a screen. */
const played = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }

const stop = (stream: MediaStream | null) => stream?.getTracks().forEach((track) => track.stop())

/**
 * A speaker's camera, microphone and screen, and whether the speaker is on air. The studio stays when its page is left, so a speaker who
 * goes to another page of the hub stays on air.
 */
export class SpeakerStudio implements StudioInUse {
  camera: MediaStream | null = null
  screen: MediaStream | null = null
  microphone: MediaStream | null = null
  devices: Devices = { cameras: [], microphones: [] }
  state: PublisherState | 'off' = 'off'
  fault: string | null = null
  health: LineHealth | null = null
  muted = false
  private publisher: Publisher | null = null
  private visitors = 0
  private readonly encoding: Promise<MakeEncoding | null> = loadEncoding().catch(() => null)

  private constructor(
    readonly session: string,
    readonly title: string,
    readonly page: string,
  ) {}

  /** The studio of a lecture. Null while the speaker is on air in another lecture. */
  static of(session: string, title: string, page: string): SpeakerStudio | null {
    const known = studioInUse() as SpeakerStudio | null
    if (known?.session === session) return known
    return known && known.state !== 'off' ? null : new SpeakerStudio(session, title, page)
  }

  /** Called when the studio's page is shown. */
  enter() {
    this.visitors++
    this.changed()
  }

  /** Called when the studio's page is left. If no other page shows the studio and the speaker is off air, all devices are released. */
  leave() {
    this.visitors--
    this.release()
  }

  async chooseCamera(deviceId: string | null) {
    stop(this.camera)
    this.camera =
      deviceId === null
        ? null
        : await this.take(() =>
            navigator.mediaDevices.getUserMedia({
              video: {
                ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
                width: { ideal: 1280 },
                height: { ideal: 720 },
                frameRate: { ideal: 30 },
              },
            }),
          )
    void this.publisher?.show(tracks.camera, this.camera?.getVideoTracks()[0] ?? null)
    await this.list()
  }

  async chooseMicrophone(deviceId: string | null) {
    stop(this.microphone)
    this.microphone =
      deviceId === null
        ? null
        : await this.take(() =>
            navigator.mediaDevices.getUserMedia({ audio: { ...voice, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) } }),
          )
    this.publisher?.listen(this.microphone)
    await this.list()
  }

  /** Shows a screen, with its sound if the browser offers it and the speaker allows it. */
  async showScreen(on: boolean) {
    stop(this.screen)
    const screen = on
      ? await this.take(() => navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 15 } }, audio: played }))
      : null
    this.screen = screen
    const track = screen?.getVideoTracks()[0] ?? null
    if (track) {
      track.contentHint = 'detail'
      // The browser has its own button that also ends the sharing.
      track.addEventListener('ended', () => this.screen === screen && void this.showScreen(false))
    }
    void this.publisher?.show(tracks.screen, track)
    this.publisher?.listenToScreen(screen)
    this.changed()
    this.release()
  }

  async goOnAir() {
    this.fault = null
    this.changed()
    void audio().context.resume()
    const Encoding = await this.encoding
    if (!Encoding) return this.tell('hub.unreachable')
    // A second click may have come while the encoding was being loaded.
    if (this.publisher) return
    const begun = new Publisher(Encoding, this.session, {
      state: (next, code) => {
        if (this.publisher !== begun) return
        this.state = next === 'ended' ? 'off' : next
        if (code) this.fault = code
        if (next === 'ended') this.publisher = null
        this.changed()
        this.release()
      },
      health: (health) => {
        this.health = health
        this.changed()
      },
    })
    this.publisher = begun
    begun.mute(this.muted)
    begun.listen(this.microphone)
    begun.listenToScreen(this.screen)
    if (this.camera) await begun.show(tracks.camera, this.camera.getVideoTracks()[0]!)
    if (this.screen) await begun.show(tracks.screen, this.screen.getVideoTracks()[0]!)
    await begun.start()
  }

  goOffAir() {
    this.publisher?.end()
  }

  mute(muted: boolean) {
    this.muted = muted
    this.publisher?.mute(muted)
    this.changed()
  }

  private async take(ask: () => Promise<MediaStream>): Promise<MediaStream | null> {
    this.tell(null)
    try {
      return await ask()
    } catch (error) {
      this.tell(deviceFault(error))
      return null
    }
  }

  private async list() {
    const all = await navigator.mediaDevices.enumerateDevices()
    this.devices = { cameras: all.filter((d) => d.kind === 'videoinput'), microphones: all.filter((d) => d.kind === 'audioinput') }
    this.changed()
    this.release()
  }

  private tell(fault: string | null) {
    this.fault = fault
    this.changed()
  }

  private release() {
    if (this.visitors > 0 || this.publisher) return
    for (const stream of [this.camera, this.microphone, this.screen]) stop(stream)
    this.camera = this.microphone = this.screen = null
    if (studioInUse() === this) tellStudio(null)
  }

  private changed() {
    if (this.visitors > 0 || this.publisher || studioInUse() === this) tellStudio(this)
  }
}
