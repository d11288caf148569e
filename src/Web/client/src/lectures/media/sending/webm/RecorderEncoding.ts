import { tracks } from '../../wire'
import type { Encoding, EncodingCallbacks } from '../Encoding'
import { RecordedTrack } from './RecordedTrack'

const soundBits = 48_000

/**
 * Encodes with the browser's recorder. Each track has its own recorder, so that a camera that is switched or gets fewer bits does not
 * disturb the sound. Pictures have one quality, because a browser that needs this recorder is not fast enough for a second one.
 */
export class RecorderEncoding implements Encoding {
  static readonly tracksOf = (track: number) => [track]

  private readonly pictures = new Map<number, { readonly recorded: RecordedTrack; readonly bits: number }>()
  private sound: { readonly recorded: RecordedTrack; readonly track: MediaStreamTrack } | null = null
  private muted = false
  private factor = 1

  constructor(private readonly callbacks: EncodingCallbacks) {}

  async see(track: number, video: MediaStreamTrack | null) {
    this.pictures.get(track)?.recorded.close()
    this.pictures.delete(track)
    if (!video) return
    const bits = track === tracks.screen ? 1_500_000 : 1_000_000
    this.pictures.set(track, { bits, recorded: new RecordedTrack(track, video, bits * this.factor, this.callbacks) })
  }

  hear(microphone: MediaStream | null) {
    this.sound?.recorded.close()
    this.sound?.track.stop()
    // A copy of the track. It is muted and stopped here without a change of the original.
    const track = microphone?.getAudioTracks()[0]?.clone()
    this.sound = track ? { track, recorded: new RecordedTrack(tracks.microphone, track, soundBits, this.callbacks) } : null
    this.mute(this.muted)
  }

  mute(muted: boolean) {
    this.muted = muted
    if (this.sound) this.sound.track.enabled = !muted
  }

  /** Does nothing, because a recorder cannot be asked for a keyframe. The next keyframe comes soon in any case. */
  restart() {}

  reshape(factor: number) {
    this.factor = factor
    for (const { recorded, bits } of this.pictures.values()) recorded.record(Math.round(bits * factor))
  }

  tend() {}

  close() {
    for (const { recorded } of this.pictures.values()) recorded.close()
    this.pictures.clear()
    this.hear(null)
  }
}
