import type { MediaFrame } from '../wire'

/** An encoded frame before its publication gives it a number. */
export type Encoded = Omit<MediaFrame, 'publication' | 'sequence'>

export interface EncodingCallbacks {
  /** Microseconds of the publication's clock. */
  readonly now: () => number
  readonly send: (frame: Encoded) => void
  /** Called when this browser cannot go on, with the reason as a code. */
  readonly unable: (code: string) => void
}

/** Encodes what a speaker shows and says, for as long as a publication lasts. */
export interface Encoding {
  /** Starts encoding a camera or a screen for a track. It replaces the track's earlier video. Null only ends the track's video. */
  readonly see: (track: number, video: MediaStreamTrack | null) => Promise<void>
  readonly hear: (microphone: MediaStream | null) => void
  readonly mute: (muted: boolean) => void
  /** Makes the next pictures begin with a keyframe, because some frames were not sent. */
  readonly restart: () => void
  /** Sets the share of their bitrate that pictures of full quality may use from now on. 0 means no pictures of any quality. */
  readonly reshape: (factor: number) => void
  /** Called every second. */
  readonly tend: () => void
  readonly close: () => void
}

export type MakeEncoding = {
  new (callbacks: EncodingCallbacks): Encoding
  /** The tracks that a camera or a screen is sent on. */
  readonly tracksOf: (track: number) => readonly number[]
}
