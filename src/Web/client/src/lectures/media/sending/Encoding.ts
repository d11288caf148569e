import type { MediaFrame } from '../wire'

/** An encoded frame before its publication gives it a number. */
export type Encoded = Omit<MediaFrame, 'publication' | 'sequence'>

export interface EncodingEars {
  /** Microseconds of the publication's clock. */
  readonly now: () => number
  readonly send: (frame: Encoded) => void
  /** This browser cannot go on; why, as a code. */
  readonly unable: (code: string) => void
}

/** Makes frames of what a speaker shows and says, for as long as a publication lasts. */
export interface Encoding {
  /** Begins a camera or a screen, in the place of what the track showed before; null takes it away. */
  readonly see: (track: number, video: MediaStreamTrack | null) => Promise<void>
  readonly hear: (microphone: MediaStream | null) => void
  readonly mute: (muted: boolean) => void
  /** The next pictures begin anew: some were not sent. */
  readonly restart: () => void
  /** Pictures use this share of their bits from now on; 0 is none. */
  readonly reshape: (factor: number) => void
  /** Called every second. */
  readonly tend: () => void
  readonly close: () => void
}

export type MakeEncoding = {
  new (ears: EncodingEars): Encoding
  /** The tracks that a camera or screen is sent on. */ readonly tracksOf: (track: number) => readonly number[]
}
