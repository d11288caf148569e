import { audio } from '../audio'

/**
 * Mixes a speaker's microphone and the sound of the shared screen into one track. Viewers get one track of sound from each speaker, and
 * this track is the clock for the speaker's pictures.
 */
export class SoundMix {
  private readonly output: MediaStreamAudioDestinationNode
  private readonly voice: GainNode
  private readonly sources: MediaStreamAudioSourceNode[]

  constructor(microphone: MediaStream | null, shared: MediaStream) {
    const { context } = audio()
    this.output = new MediaStreamAudioDestinationNode(context, { channelCount: 1, channelCountMode: 'explicit' })
    this.voice = new GainNode(context)
    this.voice.connect(this.output)
    this.sources = [[microphone, this.voice] as const, [shared, this.output] as const].flatMap(([stream, into]) => {
      if (!stream?.getAudioTracks().length) return []
      const source = context.createMediaStreamSource(stream)
      source.connect(into)
      return [source]
    })
  }

  get stream() {
    return this.output.stream
  }

  /** Silences the microphone. The sound of the screen stays. */
  mute(muted: boolean) {
    this.voice.gain.value = muted ? 0 : 1
  }

  close() {
    for (const source of this.sources) source.disconnect()
    this.voice.disconnect()
    for (const track of this.output.stream.getTracks()) track.stop()
  }
}
