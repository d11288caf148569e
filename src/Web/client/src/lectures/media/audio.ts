import playoutUrl from './playout.worklet?worker&url'

let shared: { context: AudioContext; ready: Promise<void> } | undefined

/** The page's only audio device. It is silent until a person touches the page: call `resume` on a click. */
export function audio(): { context: AudioContext; ready: Promise<void> } {
  if (!shared) {
    const context = new AudioContext({ sampleRate: 48_000, latencyHint: 'interactive' })
    shared = { context, ready: context.audioWorklet.addModule(playoutUrl) }
  }
  return shared
}
