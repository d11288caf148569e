import { mediaSource, webm } from '../../support'
import { joined } from '../../webm/ebml'
import { isSound, type MediaConfig, type MediaFrame, sameConfig } from '../../wire'
import { writeClusters, writeHeader } from './write'

const mostWaiting = 500
/** The next three values are in seconds. */
const kept = 10
const jumpFrom = 0.7
const unnoticed = 0.04
/** How long a picture stays if no other picture follows, in microseconds. If nothing moves on a screen, the next picture may come late. */
const pictureLasts = 4_000_000

/** One track that a media element plays. Frames become WebM, and the element follows the publication's clock. */
export class SourceTrack {
  private source: MediaSource | null = null
  private buffer: SourceBuffer | null = null
  private waiting: MediaFrame[] = []
  private header: MediaConfig | null = null
  private needsKey = true
  private clears = false
  private isPlaced = false
  private last = -1
  private address = ''

  /** How many times frames were missing, because the sender or the relay left some out. */
  gaps = 0

  constructor(
    readonly element: HTMLVideoElement | HTMLAudioElement,
    private readonly onFault: (code: string) => void,
  ) {
    element.disableRemotePlayback = true // otherwise a managed media source would not open
    element.addEventListener('error', this.fail)
  }

  push(frame: MediaFrame) {
    if (this.last >= 0 && frame.sequence > this.last + 1) this.gaps++
    if (this.last >= 0 && frame.sequence !== this.last + 1 && !frame.config) this.needsKey = true
    this.last = frame.sequence
    if (frame.config) {
      this.needsKey = frame.config.codec !== (isSound(frame.track) ? 'opus' : 'vp8')
      if (this.needsKey) this.onFault('media.other-codec')
      else if (!this.source) this.open(isSound(frame.track))
    }
    if (this.needsKey) return
    this.waiting.push(frame)
    if (this.waiting.length > mostWaiting) this.skip() // this machine is too slow
    this.append()
  }

  /** Whether the element plays and has media for the present position. */
  get isPlaying() {
    return this.isPlaced && !this.element.paused && this.element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA
  }

  /** @param goal The position of the publication's clock that should be seen or heard now, in seconds. */
  follow(goal: number, held: boolean) {
    const { element } = this
    if (held) return element.pause()
    if (element.paused) void element.play().catch(() => undefined) // the browser refuses until the page has been touched
    if (element.seeking) return
    const off = goal - element.currentTime
    const range = this.rangeAt(goal)
    const isElsewhere = range !== null && (element.currentTime < range[0] || element.currentTime > range[1])
    element.playbackRate = Math.abs(off) < unnoticed ? 1 : Math.min(1.1, Math.max(0.9, 1 + off / 2))
    if (!range) return
    this.isPlaced = true
    if (isElsewhere || Math.abs(off) > jumpFrom) element.currentTime = goal
  }

  /** Forgets all frames from before a jump to another position. */
  begin() {
    this.skip()
    this.last = -1
    this.isPlaced = false
    this.clears = true
    this.append()
  }

  close() {
    this.element.removeEventListener('error', this.fail)
    this.element.pause()
    this.leave()
    this.element.removeAttribute('src')
    this.element.load()
  }

  private skip() {
    this.waiting = []
    this.needsKey = true
  }

  private open(sound: boolean) {
    const source = new (mediaSource()!)()
    this.source = source
    this.header = null
    source.addEventListener('sourceopen', () => {
      if (this.source !== source || this.buffer) return
      try {
        this.buffer = source.addSourceBuffer(sound ? webm.sound : webm.picture)
      } catch {
        return this.fail()
      }
      this.buffer.addEventListener('updateend', () => this.source === source && this.append())
      this.append()
    })
    this.address = URL.createObjectURL(source)
    this.element.src = this.address
  }

  private append() {
    const { buffer } = this
    if (!buffer || buffer.updating) return
    try {
      if (this.clears) {
        this.clears = false
        if (buffer.buffered.length > 0) return buffer.remove(0, Infinity)
      }
      if (this.waiting.length === 0) return
      // Played media are removed, so that hours of a lecture need no more memory than seconds.
      const oldest = buffer.buffered.length > 0 ? buffer.buffered.start(0) : Infinity
      if (oldest < this.element.currentTime - 2 * kept) return buffer.remove(0, this.element.currentTime - kept)
      buffer.appendBuffer(this.write())
    } catch (error) {
      if (error instanceof DOMException && error.name === 'QuotaExceededError') {
        this.skip()
        this.clears = true // makes room, and goes on at the next keyframe
      } else this.fail()
    }
  }

  /** Returns all waiting frames as WebM. Where the configuration changes, a new header comes first. */
  private write(): Uint8Array<ArrayBuffer> {
    const parts: Uint8Array[] = []
    let run: MediaFrame[] = []
    const finish = () => {
      if (run.length > 0) parts.push(writeClusters(run, pictureLasts))
      run = []
    }
    for (const frame of this.waiting) {
      if (frame.config && (!this.header || !sameConfig(frame.config, this.header))) {
        finish()
        this.header = frame.config
        parts.push(writeHeader(frame.config))
      }
      run.push(frame)
    }
    finish()
    this.waiting = []
    return joined(parts)
  }

  private rangeAt(seconds: number): [number, number] | null {
    const { buffered } = this.element
    for (let i = 0; i < buffered.length; i++)
      if (seconds >= buffered.start(i) && seconds < buffered.end(i)) return [buffered.start(i), buffered.end(i)]
    return null
  }

  /** Begins again with the next keyframe. */
  private readonly fail = () => {
    if (!this.source) return
    this.leave()
    this.skip()
    this.onFault('media.cannot-decode')
  }

  private leave() {
    this.source = null
    this.buffer = null
    if (this.address) URL.revokeObjectURL(this.address)
    this.address = ''
  }
}
