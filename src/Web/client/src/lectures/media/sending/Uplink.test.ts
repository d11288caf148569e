import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type MediaFrame, readPacket, tracks } from '../wire'
import type { PublisherLink } from './PublisherLink'
import { Uplink } from './Uplink'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const config = { codec: 'vp8', width: 64, height: 36, sampleRate: 0, channels: 0, description: null }
const frame = (track: number, sequence: number, key = false): MediaFrame => ({
  publication: 1,
  track,
  sequence,
  timestamp: sequence * 40_000,
  duration: 40_000,
  config: key ? config : null,
  payload: new Uint8Array(8),
})

/** A line to the hub that answers when the test calls `answer`. */
function line() {
  const [sent, answers]: [string[], (() => void)[]] = [[], []]
  const link = {
    upload: (packet: Uint8Array) => {
      sent.push(...readPacket(packet).map((f) => `${f.track}/${f.sequence}`))
      return new Promise<void>((answer) => answers.push(answer))
    },
  }
  return {
    sent,
    link: link as unknown as PublisherLink,
    answer: async () => {
      answers.splice(0).forEach((answer) => answer())
      await vi.advanceTimersByTimeAsync(1)
    },
  }
}

it('goes on with each track’s own next keyframe after frames were left out', async () => {
  const { sent, link, answer } = line()
  const onSkip = vi.fn()
  const uplink = new Uplink(
    link,
    onSkip,
    () => undefined,
    () => undefined,
  )
  uplink.send(frame(tracks.camera, 1, true))
  uplink.send(frame(tracks.cameraSmall, 1, true))
  await vi.advanceTimersByTimeAsync(1_000) // no answer: the line is too slow
  uplink.send(frame(tracks.camera, 2))
  uplink.send(frame(tracks.cameraSmall, 2))
  await answer()
  uplink.send(frame(tracks.camera, 3, true))
  uplink.send(frame(tracks.cameraSmall, 3)) // builds on a frame that was left out
  uplink.send(frame(tracks.camera, 4))
  uplink.send(frame(tracks.cameraSmall, 4, true))
  await answer()
  expect(sent).toEqual(['0/1', '1/1', '0/3', '0/4', '1/4'])
  expect(onSkip).toHaveBeenCalledTimes(1)
})
