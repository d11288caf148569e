/** Sends a media element's sound through the page's audio device, so that volume and level are where those of every lecture are. */
export class Loudspeaker {
  private source: MediaElementAudioSourceNode | null = null
  private readonly analyser: AnalyserNode
  private readonly samples: Float32Array<ArrayBuffer>

  constructor(
    private readonly element: HTMLMediaElement,
    private readonly destination: AudioNode,
  ) {
    this.analyser = destination.context.createAnalyser()
    this.analyser.fftSize = 4096 // as long as from one look to the next
    this.samples = new Float32Array(this.analyser.fftSize)
  }

  /** Whether it can be heard. An element whose device is not running would stand still, so it is joined to it no sooner. */
  isOn(): boolean {
    const { context } = this.destination
    if (context.state !== 'running') return false
    if (!this.source) {
      this.source = (context as AudioContext).createMediaElementSource(this.element)
      this.source.connect(this.analyser).connect(this.destination)
    }
    return true
  }

  /** How loud it was in the last 85 ms. */
  level(): number {
    if (!this.source) return 0
    this.analyser.getFloatTimeDomainData(this.samples)
    return Math.sqrt(this.samples.reduce((sum, s) => sum + s * s, 0) / this.samples.length)
  }

  close() {
    this.source?.disconnect()
    this.analyser.disconnect()
  }
}
