import { element, float, ids, joined, openElement, text, uint } from '../../webm/ebml'
import { isSound, type MediaConfig, type MediaFrame } from '../../wire'

/** The greatest length of a cluster, in ms. A block has only 16 bits for its distance from the start of its cluster. */
const mostInCluster = 30_000

/** The beginning of a viewer's buffer: one track with its configuration. Any number of clusters may follow. */
export function writeHeader(config: MediaConfig): Uint8Array<ArrayBuffer> {
  return joined([
    element(ids.header, element(ids.docType, text('webm')), element(ids.docTypeVersion, uint(4)), element(ids.docTypeReadVersion, uint(2))),
    openElement(ids.segment),
    element(
      ids.info,
      element(ids.timestampScale, uint(1_000_000)),
      element(ids.muxingApp, text('Consult Hub')),
      element(ids.writingApp, text('Consult Hub')),
    ),
    element(
      ids.tracks,
      element(
        ids.trackEntry,
        element(ids.trackNumber, uint(1)),
        element(ids.trackUid, uint(1)),
        ...(config.codec === 'opus' ? soundOf(config) : pictureOf(config)),
      ),
    ),
  ])
}

const pictureOf = ({ width, height }: MediaConfig) => [
  element(ids.trackType, uint(1)),
  element(ids.codecId, text('V_VP8')),
  element(ids.video, element(ids.pixelWidth, uint(width)), element(ids.pixelHeight, uint(height))),
]

/**
 * A new Opus header is written, because the pre-skip in the sender's header would move each timestamp by some milliseconds (RFC 7845,
 * section 5.1).
 */
const soundOf = ({ sampleRate, channels }: MediaConfig) => [
  element(ids.trackType, uint(2)),
  element(ids.codecId, text('A_OPUS')),
  element(
    ids.codecPrivate,
    joined([
      text('OpusHead'),
      Uint8Array.of(1, channels, 0, 0, sampleRate & 0xff, (sampleRate >> 8) & 0xff, (sampleRate >> 16) & 0xff, 0, 0, 0, 0),
    ]),
  ),
  element(ids.audio, element(ids.samplingFrequency, float(48_000)), element(ids.channels, uint(channels))),
]

/**
 * Writes frames of one track as clusters. Each cluster is complete, so that a player holds nothing back.
 * @param pictureLasts How long a picture stays if no picture follows, in microseconds. A player treats a longer pause as a gap, and then
 * needs a keyframe.
 */
export function writeClusters(frames: readonly MediaFrame[], pictureLasts: number): Uint8Array<ArrayBuffer> {
  const clusters: Uint8Array[] = []
  for (let from = 0; from < frames.length;) {
    const begins = milliseconds(frames[from]!)
    let to = from + 1
    while (to < frames.length && milliseconds(frames[to]!) - begins <= mostInCluster) to++
    clusters.push(
      element(
        ids.cluster,
        element(ids.timestamp, uint(begins)),
        ...frames.slice(from, to).map((frame) => blockOf(frame, milliseconds(frame) - begins, pictureLasts)),
      ),
    )
    from = to
  }
  return joined(clusters)
}

function blockOf(frame: MediaFrame, relative: number, pictureLasts: number): Uint8Array {
  const head = (flags: number) => Uint8Array.of(0x81, (relative >> 8) & 0xff, relative & 0xff, flags)
  if (isSound(frame.track)) return element(ids.simpleBlock, head(0x80), frame.payload)
  const reference = frame.config ? [] : [element(ids.referenceBlock, Uint8Array.of(0xff))] // refers to some earlier block
  return element(
    ids.blockGroup,
    element(ids.block, head(0), frame.payload),
    element(ids.blockDuration, uint(Math.round(pictureLasts / 1000))),
    ...reference,
  )
}

const milliseconds = (frame: MediaFrame) => Math.round(frame.timestamp / 1000)
