import type { MediaFrame } from '../wire'

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
