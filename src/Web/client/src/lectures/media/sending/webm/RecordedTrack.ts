import { webm } from '../../support'
import { isSound, type MediaConfig } from '../../wire'
import type { Encoded, EncodingCallbacks } from '../Encoding'
import { pictureSize, soundDuration } from './payload'
import { type WebmFrame, WebmReader } from './WebmReader'

const sliceEvery = 100
/**
 * A viewer who joins waits no longer than this for a keyframe, in ms. If the browser's recorder ignores this setting, `mostWithoutKey`
 * limits the wait.
 */
const keyEvery = 2_000
/** The next three values are in microseconds. */
const mostWithoutKey = 6_000_000
const mostBehind = 2_000_000
const soundConfigEvery = 2_000_000

/** Not every version of TypeScript's DOM types declares this option yet. */
interface RecorderSettings extends MediaRecorderOptions {
  readonly videoKeyFrameIntervalDuration?: number
}

/** Records one track of a speaker in slices and passes on the frames in them, until the track is closed. */
export class RecordedTrack {
  private recorder: MediaRecorder | null = null
  private began = 0
  private keyAt = -Infinity
  private config: MediaConfig | null = null
  private retry: ReturnType<typeof setTimeout> | undefined

  /**
   * @param source The track to record. It belongs to the caller and is not stopped here.
   * @param bitrate Bits a second. With 0, nothing is recorded until `record` sets a higher rate.
   */
  constructor(
    private readonly track: number,
    private readonly source: MediaStreamTrack,
    private bitrate: number,
    private readonly callbacks: EncodingCallbacks,
  ) {
    this.begin()
  }

  /** Sets the bitrate from now on, in bits a second. If it is new, a new recording begins, with a keyframe. 0 stops the recording. */
  record(bitrate: number) {
    if (bitrate === this.bitrate) return
    this.bitrate = bitrate
    this.begin()
  }

  close() {
    clearTimeout(this.retry)
    const { recorder } = this
    this.recorder = null
    if (recorder && recorder.state !== 'inactive') recorder.stop()
  }

  private begin() {
    this.close()
    if (this.bitrate === 0 || this.source.readyState === 'ended') return
    const sound = isSound(this.track)
    const settings: RecorderSettings = sound
      ? { mimeType: webm.sound, audioBitsPerSecond: this.bitrate }
      : { mimeType: webm.picture, videoBitsPerSecond: this.bitrate, videoKeyFrameIntervalDuration: keyEvery }
    const reader = new WebmReader()
    let last: Promise<void> = Promise.resolve()
    try {
      const recorder = new MediaRecorder(new MediaStream([this.source]), settings)
      this.recorder = recorder
      this.keyAt = -Infinity
      this.began = this.callbacks.now()
      recorder.onstart = () => (this.began = this.callbacks.now())
      recorder.ondataavailable = ({ data }) => (last = last.then(() => this.take(recorder, reader, data)))
      recorder.onerror = () => this.recorder === recorder && this.beginLater()
      recorder.start(sliceEvery)
    } catch {
      this.callbacks.unable('media.unsupported-codec')
    }
  }

  private beginLater() {
    this.close()
    this.retry = setTimeout(() => this.begin(), 1_000)
  }

  private async take(recorder: MediaRecorder, reader: WebmReader, slice: Blob) {
    try {
      const bytes = new Uint8Array(await slice.arrayBuffer())
      for (const frame of reader.push(bytes)) {
        if (this.recorder !== recorder) return
        this.send(frame)
      }
    } catch {
      if (this.recorder === recorder) this.beginLater()
    }
  }

  private send(frame: WebmFrame) {
    const now = this.callbacks.now()
    // If a frame would get a time in the future, the recorder began earlier than it reported. The beginning is then corrected.
    const begun = now - frame.timestamp
    // If a frame would get a time far in the past, the machine slept or was too slow, and the recorder's time stood still meanwhile.
    if (begun < this.began || begun > this.began + mostBehind) this.began = begun
    const timestamp = Math.max(0, this.began + frame.timestamp)
    const sound = isSound(this.track)
    const isKey = sound ? timestamp - this.keyAt >= soundConfigEvery : frame.isKey
    if (!isKey && this.keyAt === -Infinity) return
    if (!sound && !isKey && timestamp - this.keyAt > mostWithoutKey) return this.begin()
    if (isKey) this.keyAt = timestamp
    if (isKey && !(this.config = sound ? soundConfig(frame) : pictureConfig(frame))) return this.callbacks.unable('media.unsupported-codec')
    const encoded: Encoded = {
      track: this.track,
      timestamp,
      duration: sound ? soundDuration(frame.payload) : 0,
      config: isKey ? this.config : null,
      payload: frame.payload,
    }
    this.callbacks.send(encoded)
  }
}

function soundConfig({ track }: WebmFrame): MediaConfig | null {
  return track.codec === 'A_OPUS'
    ? { codec: 'opus', width: 0, height: 0, sampleRate: 48_000, channels: track.channels, description: track.description }
    : null
}

function pictureConfig({ track, payload }: WebmFrame): MediaConfig | null {
  const size = pictureSize(payload)
  return track.codec === 'V_VP8' && size ? { codec: 'vp8', ...size, sampleRate: 0, channels: 0, description: null } : null
}
