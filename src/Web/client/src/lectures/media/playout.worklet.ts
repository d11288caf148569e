/// Plays sound through a queue. Packets arrive unevenly, but the audio device must never wait. The position of the sound is the clock that
/// pictures follow.

declare const sampleRate: number
declare const currentTime: number
declare function registerProcessor(name: string, type: unknown): void
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}

/**
 * The report to the player: what is heard now (microseconds of the publication's clock), how much sound waits (ms), how loud it was, and
 * the number of the last `clear` (`take`).
 */
export interface PlayoutReport {
  readonly take: number
  readonly at: number
  readonly timestamp: number
  readonly waiting: number
  readonly level: number
  readonly playing: boolean
}

export type PlayoutOrder =
  | { readonly kind: 'sound'; readonly timestamp: number; readonly channels: Float32Array[] }
  | { readonly kind: 'clear'; readonly take: number }
  | { readonly kind: 'hold'; readonly held: boolean }

interface Piece {
  readonly timestamp: number
  readonly channels: Float32Array[]
  readonly length: number
}

const least = 0.06
const most = 0.5
const tooMuch = 0.7
const tooMuchAtFirst = 0.1
const atFirst = 3
const calmEvery = 5
const reportEvery = 8

class Playout extends AudioWorkletProcessor {
  private readonly live: boolean
  private pieces: Piece[] = []
  private offset = 0 // the position in the first piece, in samples; it can have a fraction, because the rate is not always 1
  private target: number
  private playing = false
  private held = false
  private rounds = 0
  private sum = 0
  private calm = 0 // rounds of playing since the queue was last empty or the target was last checked
  private lowest = Infinity // the lowest number of seconds that waited in that time
  private timestamp = -1
  private take = 0
  private heard = 0 // seconds

  constructor(options: { processorOptions?: { live?: boolean } }) {
    super()
    this.live = options.processorOptions?.live ?? true
    this.target = this.live ? least : 0.2
    this.port.onmessage = ({ data }: MessageEvent<PlayoutOrder>) => this.obey(data)
  }

  process(_: unknown, outputs: Float32Array[][]): boolean {
    const output = outputs[0]!
    const length = output[0]!.length
    const waiting = this.waiting()
    if (!this.playing && !this.held && waiting >= this.target) this.playing = true
    if (this.playing && !this.held) this.play(output, length, this.rate(waiting))
    if (++this.rounds % reportEvery === 0) {
      const level = Math.sqrt(this.sum / (reportEvery * length))
      this.sum = 0
      this.port.postMessage({
        take: this.take,
        at: currentTime,
        timestamp: this.timestamp,
        waiting: waiting * 1000,
        level,
        playing: this.playing && !this.held,
      } satisfies PlayoutReport)
    }
    return true
  }

  private obey(order: PlayoutOrder) {
    if (order.kind === 'hold') this.held = order.held
    else if (order.kind === 'clear') {
      this.pieces = []
      this.offset = 0
      this.playing = false
      this.timestamp = -1
      this.take = order.take
    } else this.pieces.push({ timestamp: order.timestamp, channels: order.channels, length: order.channels[0]!.length })
  }

  /** How many seconds of sound wait in the queue. */
  private waiting() {
    let samples = -this.offset
    for (const piece of this.pieces) samples += piece.length
    return Math.max(0, samples) / sampleRate
  }

  /**
   * Returns how fast to play. A small surplus of sound is played a little faster, which nobody notices. A large surplus is skipped. If
   * the viewer has just joined, a smaller surplus is skipped too, because this viewer does not notice the skip.
   */
  private rate(waiting: number): number {
    if (!this.live) return 1
    this.lowest = Math.min(this.lowest, waiting)
    // `lowest` is the sound that was never needed since the last check. The target becomes smaller by half of it.
    if (++this.calm > (calmEvery * sampleRate) / 128) {
      this.target = Math.max(least, this.target - Math.min(this.lowest, this.target) / 2)
      this.calm = 0
      this.lowest = Infinity
    }
    const extra = waiting - this.target
    this.heard += 128 / sampleRate
    if (extra > (this.heard < atFirst ? tooMuchAtFirst : tooMuch)) {
      let rest = extra
      while (this.pieces.length > 1 && rest > this.pieces[0]!.length / sampleRate) rest -= this.pieces.shift()!.length / sampleRate
      this.offset = 0
      return 1
    }
    if (extra > 0.04) return extra > 0.3 ? 1.06 : extra > 0.1 ? 1.04 : 1.02
    return 1
  }

  private play(output: Float32Array[], length: number, rate: number) {
    for (let i = 0; i < length; i++) {
      let piece = this.pieces[0]
      while (piece && this.offset >= piece.length) {
        this.offset -= piece.length
        this.pieces.shift()
        piece = this.pieces[0]
      }
      if (!piece) {
        // The queue is empty, so there is silence. In a live lecture, more sound than before must wait in the queue before playing goes on.
        this.playing = false
        this.offset = 0
        this.calm = 0
        this.lowest = Infinity
        if (this.live) this.target = Math.min(most, this.target * 1.3)
        return
      }
      const index = Math.floor(this.offset)
      const part = this.offset - index
      for (let c = 0; c < output.length; c++) {
        const samples = piece.channels[Math.min(c, piece.channels.length - 1)]!
        const here = samples[index]!
        const next = index + 1 < piece.length ? samples[index + 1]! : here
        output[c]![i] = here + (next - here) * part
      }
      this.sum += output[0]![i]! ** 2
      this.offset += rate
      this.timestamp = piece.timestamp + (this.offset / sampleRate) * 1e6
    }
  }
}

registerProcessor('playout', Playout)
