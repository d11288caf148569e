import { audio } from '../audio'
import type { PlayoutOrder, PlayoutReport } from '../playout.worklet'
import { type MediaConfig, type MediaFrame, sameConfig } from '../wire'

/** In a recording, a gap in the sound that is longer than this is filled with silence. An Opus packet has at most 120 ms. Microseconds. */
const gap = 120_000

/**
 * One track of sound. It is decoded here and queued in the audio device's own thread. Its position is also the clock of its publication.
 */
export class SoundTrack {
  private decoder: AudioDecoder | null = null
  private config: MediaConfig | null = null
  private node: AudioWorkletNode | null = null
  private early: PlayoutOrder[] = []
  private report: PlayoutReport | null = null
  private closed = false
  private muteBefore = 0
  private queued = 0 // sound has been queued up to this position, microseconds
  private take = 0

  /**
   * @param due For a recording: returns the position that is due, in microseconds. A time without sound is filled with silence, so that the
   * sound after it comes at its time. Null for a live publication.
   * @param onReport Called about fifty times a second while the device runs, also while the page is hidden.
   */
  constructor(
    private readonly due: (() => number) | null,
    destination: AudioNode,
    private readonly onReport: (report: PlayoutReport) => void,
    private readonly onFault: (code: string) => void,
  ) {
    const { context, ready } = audio()
    void ready.then(() => {
      if (this.closed) return
      this.node = new AudioWorkletNode(context, 'playout', {
        numberOfInputs: 0,
        outputChannelCount: [2],
        processorOptions: { live: due === null },
      })
      this.node.port.onmessage = ({ data }: MessageEvent<PlayoutReport>) => {
        if (data.take !== this.take) return // this report was sent before a jump
        this.report = data
        this.onReport(data)
      }
      this.node.connect(destination)
      for (const order of this.early) this.node.port.postMessage(order)
      this.early = []
    })
  }

  /** The position of the sound that is heard now, in microseconds. Null while no sound is heard. */
  clock(): number | null {
    const { context } = audio()
    const report = this.report
    if (!report?.playing || report.timestamp < 0 || context.state !== 'running') return null
    const since = context.currentTime - report.at
    return since > 0.5 ? null : report.timestamp + (since - (context.outputLatency || 0)) * 1e6
  }

  get waiting() {
    return this.report?.waiting ?? 0
  }

  push(frame: MediaFrame) {
    if (frame.config && (!this.config || !sameConfig(frame.config, this.config) || this.decoder?.state !== 'configured'))
      this.configure(frame.config)
    if (this.decoder?.state !== 'configured') return
    this.decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: frame.timestamp, duration: frame.duration, data: frame.payload }))
  }

  /** Plays from a position on. Earlier sound is decoded and dropped. */
  begin(from: number) {
    this.muteBefore = this.queued = from
    if (this.config && this.decoder?.state === 'configured') this.configure(this.config)
    this.report = null
    this.send({ kind: 'clear', take: ++this.take })
  }

  hold(held: boolean) {
    this.send({ kind: 'hold', held })
  }

  close() {
    this.closed = true
    if (this.decoder && this.decoder.state !== 'closed') this.decoder.close()
    this.node?.disconnect()
    this.node?.port.close()
  }

  private configure(config: MediaConfig) {
    if (this.decoder && this.decoder.state !== 'closed') this.decoder.close()
    this.config = config
    this.decoder = new AudioDecoder({ output: (data) => this.play(data), error: () => this.onFault('media.cannot-decode') })
    // Opus with up to two channels needs no header (WebCodecs, Opus registration), and WebKit fails if it gets one.
    this.decoder.configure({ codec: config.codec, sampleRate: config.sampleRate, numberOfChannels: config.channels })
  }

  private play(data: AudioData) {
    if (data.timestamp >= this.muteBefore) {
      const channels = Array.from({ length: data.numberOfChannels }, (_, planeIndex) => {
        const samples = new Float32Array(data.numberOfFrames)
        data.copyTo(samples, { planeIndex, format: 'f32-planar' })
        return samples
      })
      if (this.due) this.fill(Math.max(this.queued, this.due()), data)
      this.send({ kind: 'sound', timestamp: data.timestamp, channels })
      this.queued = data.timestamp + data.duration
    }
    data.close()
  }

  private fill(from: number, { timestamp, sampleRate }: AudioData) {
    const silence = timestamp - from
    if (silence > gap) this.send({ kind: 'sound', timestamp: from, channels: [new Float32Array(Math.round((silence * sampleRate) / 1e6))] })
  }

  private send(order: PlayoutOrder) {
    if (this.node) this.node.port.postMessage(order, order.kind === 'sound' ? order.channels.map((c) => c.buffer) : [])
    else if (this.early.push(order) > 200) this.early.shift()
  }
}
