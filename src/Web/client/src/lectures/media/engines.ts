import { PublicationPlayer } from './PublicationPlayer'
import { support } from './support'
import type { MediaFrame } from './wire'

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

/** What shows a track in the page. */
export type PictureElement = HTMLCanvasElement | HTMLVideoElement

export interface PlayerEars {
  /** A picture for a track is there, or is there no more. */
  readonly changed: () => void
  /** How loud it is: called many times a second while it is heard, also where the page is hidden. */
  readonly level: (level: number) => void
  readonly fault: (code: string) => void
}

/** Plays one publication. Times are microseconds of its clock. */
export interface Player {
  /** By tracks; small and full pictures of one camera share a place. `drawn` counts pictures. */
  readonly pictures: ReadonlyMap<number, { readonly element: PictureElement; readonly drawn: number }>
  readonly push: (frame: MediaFrame) => void
  /** What is seen and heard now; null before anything is. */
  readonly position: () => number | null
  /** Milliseconds by which it is behind what has come. */
  readonly lag: () => number
  /** Times that pictures were missing. */
  readonly gaps: () => number
  /** Up to where frames have been pushed. */
  readonly end: number
  readonly draw: () => void
  /** Plays from an instant on; what is pushed of before it only prepares. */
  readonly begin: (from: number) => void
  readonly hold: (held: boolean) => void
  /** There is more, which has not come yet: time stands until something is pushed. */
  readonly stand: () => void
  /** Takes away pictures that are switched off. @param on the tracks that are on. */
  readonly keep: (on: readonly number[]) => void
  readonly close: () => void
}

/** @param live false for a recording, which does not catch up. */
export type MakePlayer = new (live: boolean, destination: AudioNode, ears: PlayerEars) => Player

/** What plays lectures here: the browser's codecs, else its media source; null where it has neither. Only who needs the second loads it. */
export async function loadPlayer(): Promise<MakePlayer | null> {
  switch (support.playback()) {
    case 'codecs':
      return PublicationPlayer
    case 'source':
      return (await import('./webm/SourcePlayer')).SourcePlayer
    case null:
      return null
  }
}

/** What encodes here: the browser's codecs, else its recorder; null where it has neither. */
export async function loadEncoding(): Promise<MakeEncoding | null> {
  switch (support.capture()) {
    case 'codecs':
      return (await import('./CodecEncoding')).CodecEncoding
    case 'recorder':
      return (await import('./webm/RecorderEncoding')).RecorderEncoding
    case null:
      return null
  }
}
