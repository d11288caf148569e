import type { MediaFrame } from '../wire'

/** The element that shows a track in the page. */
export type PictureElement = HTMLCanvasElement | HTMLVideoElement

export interface PlayerCallbacks {
  /** Called when a track's picture appears or goes away. */
  readonly changed: () => void
  /** Called with the loudness many times a second while there is sound, also while the page is hidden. */
  readonly level: (level: number) => void
  readonly fault: (code: string) => void
}

/** Plays one publication. Times are microseconds of its clock. */
export interface Player {
  /**
   * The elements by the number of the full picture's track. The small picture uses the same element. `drawn` is the number of pictures that
   * were drawn.
   */
  readonly pictures: ReadonlyMap<number, { readonly element: PictureElement; readonly drawn: number }>
  readonly push: (frame: MediaFrame) => void
  /** The position that is seen and heard now. Null only in a live lecture, while nothing is played. */
  readonly position: () => number | null
  /** How far the player is behind the newest frame, in ms. */
  readonly lag: () => number
  /** How many times pictures were missing. */
  readonly gaps: () => number
  /** The position up to which frames have been pushed. */
  readonly end: number
  readonly draw: () => void
  /** Plays from a position on. Earlier frames are not shown or heard, but the decoders need them. */
  readonly begin: (from: number) => void
  readonly hold: (held: boolean) => void
  /** Stops the clock until more frames are pushed. */
  readonly stand: () => void
  /**
   * Removes pictures that are switched off.
   * @param on The tracks that are on.
   */
  readonly keep: (on: readonly number[]) => void
  readonly close: () => void
}

/** @param live False for a recording, which is played at its own pace and does not catch up. */
export type MakePlayer = new (live: boolean, destination: AudioNode, callbacks: PlayerCallbacks) => Player
