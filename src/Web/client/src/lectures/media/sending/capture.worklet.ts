/// Cuts a speaker's sound into pieces of 20 ms, as the encoder needs them.

declare const sampleRate: number
declare function registerProcessor(name: string, type: unknown): void
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}

class Capture extends AudioWorkletProcessor {
  private piece = new Float32Array(sampleRate / 50)
  private filled = 0

  process(inputs: Float32Array[][]): boolean {
    const channels = inputs[0]
    const length = channels?.[0]?.length ?? 128
    for (let i = 0; i < length; i++) {
      let sample = 0
      if (channels) for (const channel of channels) sample += channel[i]! / channels.length
      this.piece[this.filled++] = sample
      if (this.filled < this.piece.length) continue
      this.port.postMessage(this.piece, [this.piece.buffer])
      this.piece = new Float32Array(sampleRate / 50)
      this.filled = 0
    }
    return true
  }
}

registerProcessor('capture', Capture)
