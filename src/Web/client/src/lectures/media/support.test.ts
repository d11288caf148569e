import { afterEach, expect, it, vi } from 'vitest'
import { support } from './support'

const source = (types: readonly string[]) => ({ isTypeSupported: (type: string) => types.some((t) => type.startsWith(t)) })
const codecs = { VideoDecoder: {}, AudioDecoder: {} }

afterEach(() => vi.unstubAllGlobals())

it.each([
  ['codecs', { ...codecs, MediaSource: source(['video/webm', 'audio/webm']) }],
  ['source', { VideoDecoder: {}, MediaSource: source(['video/webm', 'audio/webm']) }],
  ['source', { VideoDecoder: {}, ManagedMediaSource: source(['video/webm', 'audio/webm']) }],
  [null, { VideoDecoder: {}, ManagedMediaSource: source(['video/mp4']) }],
  [null, {}],
])('finds the way to play that the browser supports, or null if there is none: %s', (expected, window) => {
  vi.stubGlobal('window', { AudioWorkletNode: {}, ...window })
  expect(support.playback()).toBe(expected)
})
