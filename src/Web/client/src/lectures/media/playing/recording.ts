import type { LocalName } from '../../../api/schema'

export interface RecordedSegment {
  readonly number: number
  readonly from: number
  readonly to: number
  readonly bytes: number
  readonly tracks: readonly number[]
}
export interface RecordedPublication {
  readonly publication: number
  readonly person: string
  /** The sender's name, in each script. */
  readonly who?: LocalName
  readonly startedAt: string
  readonly onAir: boolean
  readonly segments: readonly RecordedSegment[]
}
export interface Recording {
  readonly session: string
  readonly from: string | null
  readonly publications: readonly RecordedPublication[]
}

export const recordingUrl = (session: string) => `/api/lectures/${session}/recording`

/** Whether the recording still grows: one of its publications is still on air. */
export const grows = (recording: Recording | undefined) => recording?.publications.some((p) => p.onAir) ?? false

/** When the recorded part of a publication begins and ends, in ms since 1970. */
export const spanOf = (p: RecordedPublication): [number, number] => [
  Date.parse(p.startedAt) + (p.segments[0]?.from ?? 0) / 1000,
  Date.parse(p.startedAt) + (p.segments.at(-1)?.to ?? 0) / 1000,
]

/** The first and the last recorded instant, in ms since 1970. Null if nothing is recorded. */
export function rangeOf(recording: Recording | undefined): [number, number] | null {
  const spans = (recording?.publications ?? []).filter((p) => p.segments.length > 0).map(spanOf)
  return spans.length === 0 ? null : [Math.min(...spans.map(([from]) => from)), Math.max(...spans.map(([, to]) => to))]
}
