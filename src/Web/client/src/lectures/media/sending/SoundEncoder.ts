import { audio } from '../audio'
import type { MediaConfig } from '../wire'
import captureUrl from './capture.worklet?worker&url'
import type { Encoded } from './Encoding'

const rate = 48_000
const configEvery = 2_000_000
const drift = 80_000
/** If the sound and the clock differ for a shorter time than this, the page was only busy. In microseconds. */
const straysFor = 1_000_000
const opus = { codec: 'opus', sampleRate: rate, numberOfChannels: 1, bitrate: 48_000 } as const

let ready: Promise<void> | undefined

/** Encodes one track of sound as Opus, 20 ms a frame. */
export class SoundEncoder {
  private readonly encoder: AudioEncoder
  private node: AudioWorkletNode | null = null
  private source: MediaStreamAudioSourceNode | null = null
  private description: Uint8Array | null = null
  private timestamp = -1
  private straysSince = Infinity
  private configAt = -Infinity
  private closed = false
  muted = false

  /** @param now Returns the position of the publication's clock, in microseconds. */
  constructor(
    private readonly track: number,
    stream: MediaStream,
    private readonly now: () => number,
    private readonly send: (frame: Encoded) => void,
    onFault: () => void,
  ) {
    this.encoder = new AudioEncoder({ output: (chunk, metadata) => this.take(chunk, metadata), error: onFault })
    this.encoder.configure(opus)
    void this.listen(stream)
  }

  close() {
    this.closed = true
    this.source?.disconnect()
    this.node?.port.close()
    this.node?.disconnect()
    if (this.encoder.state !== 'closed') this.encoder.close()
  }

  private async listen(stream: MediaStream) {
    const { context } = audio()
    await (ready ??= context.audioWorklet.addModule(captureUrl))
    if (this.closed) return
    void context.resume()
    this.source = context.createMediaStreamSource(stream)
    this.node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 })
    this.node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => this.encode(data)
    this.source.connect(this.node)
  }

  private encode(samples: Float32Array) {
    if (this.encoder.state !== 'configured' || this.now() < 0) return
    // The time is computed from the number of samples. If this time differs from the publication's clock for long, for example because the
    // machine slept, the clock is right.
    const now = this.now()
    const begun = Math.max(0, Math.round(now - (samples.length / rate) * 1e6))
    if (this.timestamp < 0) this.timestamp = begun
    else if (Math.abs(begun - this.timestamp) <= drift) this.straysSince = Infinity
    else if (now - (this.straysSince = Math.min(this.straysSince, now)) > straysFor) this.beginAnew(begun)
    if (this.muted) samples.fill(0)
    const data = new AudioData({
      format: 'f32-planar',
      sampleRate: rate,
      numberOfFrames: samples.length,
      numberOfChannels: 1,
      timestamp: this.timestamp,
      data: samples as Float32Array<ArrayBuffer>,
    })
    this.timestamp += Math.round((samples.length / rate) * 1e6)
    this.encoder.encode(data)
    data.close()
  }

  /** Encoders take only the first timestamp and compute the later ones from it. After a jump in time, the encoder must begin anew. */
  private beginAnew(timestamp: number) {
    this.encoder.reset()
    this.encoder.configure(opus)
    this.timestamp = timestamp
    this.straysSince = Infinity
  }

  private take(chunk: EncodedAudioChunk, metadata: EncodedAudioChunkMetadata | undefined) {
    const told = metadata?.decoderConfig?.description
    if (told)
      this.description = new Uint8Array(
        ArrayBuffer.isView(told) ? told.buffer.slice(told.byteOffset, told.byteOffset + told.byteLength) : (told as ArrayBuffer),
      )
    const payload = new Uint8Array(chunk.byteLength)
    chunk.copyTo(payload)
    const timestamp = Math.max(chunk.timestamp, 0)
    let config: MediaConfig | null = null
    if (timestamp - this.configAt >= configEvery) {
      config = { codec: 'opus', width: 0, height: 0, sampleRate: rate, channels: 1, description: this.description }
      this.configAt = timestamp
    }
    this.send({ track: this.track, timestamp, duration: 20_000, config, payload })
  }
}
