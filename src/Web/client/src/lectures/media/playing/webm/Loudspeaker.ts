/**
 * Sends a media element's sound through the page's audio device, so that the volume control and the level work in the same way as with the
 * browser's codecs.
 */
export class Loudspeaker {
  private source: MediaElementAudioSourceNode | null = null
  private readonly analyser: AnalyserNode
  private readonly samples: Float32Array<ArrayBuffer>

  constructor(
    private readonly element: HTMLMediaElement,
    private readonly destination: AudioNode,
  ) {
    this.analyser = destination.context.createAnalyser()
    this.analyser.fftSize = 4096 // 85 ms at 48 kHz, about the time between two calls of `level`
    this.samples = new Float32Array(this.analyser.fftSize)
  }

  /**
   * Whether the element can be heard. The first call with a running audio device joins the element to the device. An element that is joined
   * to a device that does not run would stand still.
   */
  isOn(): boolean {
    const { context } = this.destination
    if (context.state !== 'running') return false
    if (!this.source) {
      this.source = (context as AudioContext).createMediaElementSource(this.element)
      this.source.connect(this.analyser).connect(this.destination)
    }
    return true
  }

  /** How loud the last 85 ms were. */
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
