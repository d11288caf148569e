import { type MediaConfig, type MediaFrame, sameConfig } from '../wire'

const mostWaiting = 90
const mostUndecoded = 45

/** One track of pictures. Pictures are decoded when they come and drawn when they are due. */
export class PictureTrack {
  private decoder: VideoDecoder | null = null
  private config: MediaConfig | null = null
  private waiting: VideoFrame[] = []
  private needsKey = true
  private last = -1
  private painter: CanvasRenderingContext2D | null = null

  /** Pictures drawn so far. */
  drawn = 0

  /** How many times pictures were missing, because the sender or the relay left some out. */
  gaps = 0

  /** When the newest frame came, by `performance.now()`. */
  at = performance.now()

  constructor(
    readonly element: HTMLCanvasElement,
    private readonly live: boolean,
    private readonly onFault: (code: string) => void,
  ) {
    this.painter = element.getContext('2d', { alpha: false })
  }

  push(frame: MediaFrame) {
    this.at = performance.now()
    if (this.last >= 0 && frame.sequence !== this.last + 1 && !frame.config) this.needsKey = true
    if (this.last >= 0 && frame.sequence > this.last + 1) this.gaps++
    this.last = frame.sequence
    if (frame.config) {
      if (!this.config || !sameConfig(frame.config, this.config) || this.decoder?.state !== 'configured') this.configure(frame.config)
      this.needsKey = false
    }
    if (this.needsKey || this.decoder?.state !== 'configured') return
    if (this.live && this.decoder.decodeQueueSize > mostUndecoded) {
      this.needsKey = true // this machine is too slow: decoding goes on at the next keyframe
      return
    }
    this.decoder.decode(
      new EncodedVideoChunk({
        type: frame.config ? 'key' : 'delta',
        timestamp: frame.timestamp,
        duration: frame.duration,
        data: frame.payload,
      }),
    )
  }

  /**
   * Draws the newest picture that is due.
   * @param clock The position of the publication's clock, in microseconds.
   */
  draw(clock: number): boolean {
    let chosen: VideoFrame | undefined
    while (this.waiting[0] && this.waiting[0].timestamp <= clock) {
      chosen?.close()
      chosen = this.waiting.shift()
    }
    if (!chosen) return false
    const canvas = this.element
    if (canvas.width !== chosen.displayWidth || canvas.height !== chosen.displayHeight)
      [canvas.width, canvas.height] = [chosen.displayWidth, chosen.displayHeight]
    this.painter?.drawImage(chosen, 0, 0, canvas.width, canvas.height)
    canvas.dataset['timestamp'] = String(chosen.timestamp)
    chosen.close()
    this.drawn++
    return true
  }

  /** Forgets all pictures from before a jump to another position. */
  begin() {
    for (const frame of this.waiting) frame.close()
    this.waiting = []
    this.needsKey = true
    this.last = -1
    if (this.decoder?.state === 'configured') this.decoder.reset()
  }

  close() {
    this.begin()
    if (this.decoder && this.decoder.state !== 'closed') this.decoder.close()
  }

  private configure(config: MediaConfig) {
    if (this.decoder && this.decoder.state !== 'closed') this.decoder.close()
    this.config = config
    const decoder = new VideoDecoder({
      output: (frame) => {
        this.waiting.push(frame)
        if (this.waiting.length > mostWaiting) this.waiting.shift()!.close()
      },
      error: () => {
        this.needsKey = true
        this.onFault('media.cannot-decode')
      },
    })
    this.decoder = decoder
    const wanted: VideoDecoderConfig = {
      codec: config.codec,
      codedWidth: config.width,
      codedHeight: config.height,
      optimizeForLatency: true,
      ...(config.description ? { description: config.description } : {}),
    }
    try {
      decoder.configure(wanted)
    } catch {
      this.onFault('media.unsupported-codec')
    }
    void VideoDecoder.isConfigSupported(wanted).then(
      ({ supported }) => supported || this.onFault('media.unsupported-codec'),
      () => this.onFault('media.unsupported-codec'),
    )
  }
}
