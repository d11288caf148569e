import { audio } from '../audio'
import { isSmall, isSound, type MediaFrame } from '../wire'
import { fading } from './level'
import type { MakePlayer, PictureElement, Player } from './Player'
import { receiptsOf } from './receipts'
import { type Air, type LinkState, type Quality, type Source, ViewerLink } from './ViewerLink'

export type QualityChoice = 'auto' | Quality

/** One publication, with the pictures of it that the viewer sees. The keys of `pictures` are tracks. */
export interface Shown {
  readonly source: Source
  readonly pictures: ReadonlyMap<number, PictureElement>
}

/** The state of the live picture, as the stage shows it. */
export interface StageView {
  readonly link: LinkState
  readonly open: boolean
  readonly shown: readonly Shown[]
  readonly code: string | null
  readonly quality: Quality
}

const reportEvery = 5_000
const watchEvery = 1_000
const tryBetterAfter = 30_000

/** Plays the publications that are on air in a lecture, live. */
export class LivePlayer {
  private readonly players = new Map<number, Player>()
  private readonly link: ViewerLink
  private readonly gain: GainNode
  private air: Air = { open: true, sources: [], at: '' }
  private state: LinkState = 'connecting'
  private code: string | null = null
  private toldAt = 0
  private quality: Quality
  private best: Quality = 'full'
  private hasSmall = false
  private gapsSeen: number[] = []
  private gapsBefore = 0
  private chosenAt = performance.now()
  private frame = 0
  private readonly timers: ReturnType<typeof setInterval>[]
  private off = new Set<number>()
  level = 0

  /** @param self The viewer's person id. Sound that the viewer sends is not played to the viewer. */
  constructor(
    private readonly Player: MakePlayer,
    private readonly session: string,
    private readonly self: string,
    private choice: QualityChoice,
    private readonly changed: () => void,
  ) {
    this.quality = choice === 'auto' ? 'full' : choice
    this.gain = audio().context.createGain()
    this.gain.connect(audio().context.destination)
    this.link = new ViewerLink(session, this.quality, {
      media: (frames) => this.receive(frames),
      air: (air) => this.hear(air),
      state: (state, code) => this.become(state, code),
    })
    this.timers = [setInterval(() => this.report(), reportEvery), setInterval(() => (this.clear(), this.judge()), watchEvery)]
    const draw = () => {
      for (const player of this.players.values()) player.draw()
      this.frame = requestAnimationFrame(draw)
    }
    this.frame = requestAnimationFrame(draw)
  }

  view(): StageView {
    const shown = this.air.sources.map((source) => ({
      source,
      pictures: new Map([...(this.players.get(source.publication)?.pictures ?? [])].map(([track, picture]) => [track, picture.element])),
    }))
    return { link: this.state, open: this.air.open, shown, code: this.code, quality: this.quality }
  }

  /** How long ago the sender's browser captured what is played now, in ms. Null while nothing is played. */
  latency(): number | null {
    const instant = this.instant()
    return instant === null ? null : Date.now() - instant
  }

  /** The instant that is seen and heard now, on the lecture's clock, in ms since 1970. Null while nothing is played. */
  instant(): number | null {
    for (const source of this.air.sources) {
      const position = this.players.get(source.publication)?.position()
      if (position != null) return Date.parse(source.startedAt) + position / 1000
    }
    return null
  }

  drawn(): number {
    let sum = 0
    for (const player of this.players.values()) for (const picture of player.pictures.values()) sum += picture.drawn
    return sum
  }

  setVolume(volume: number) {
    this.gain.gain.value = volume
  }

  choose(choice: QualityChoice) {
    this.choice = choice
    this.take(choice === 'auto' ? this.best : choice)
  }

  /** The automatic choice of quality is never better than this. */
  limit(best: Quality) {
    if (best === this.best) return
    this.best = best
    this.choose(this.choice)
  }

  close() {
    cancelAnimationFrame(this.frame)
    this.timers.forEach(clearInterval)
    this.link.close()
    for (const player of this.players.values()) player.close()
    this.players.clear()
    this.gain.disconnect()
  }

  private receive(frames: MediaFrame[]) {
    for (const frame of frames) {
      this.hasSmall ||= isSmall(frame.track)
      if (isSound(frame.track) && this.air.sources.find((s) => s.publication === frame.publication)?.person === this.self) continue
      let player = this.players.get(frame.publication)
      if (!player) {
        player = new this.Player(true, this.gain, {
          changed: this.changed,
          level: (level) => (this.level = fading(this.level, level)),
          fault: (code) => this.become(this.state, code),
        })
        this.players.set(frame.publication, player)
        this.changed()
      }
      player.push(frame)
    }
  }

  private hear(air: Air) {
    this.air = air
    for (const [publication, player] of this.players) {
      const source = air.sources.find((s) => s.publication === publication)
      if (source) player.keep(source.tracks)
      else {
        player.close()
        this.players.delete(publication)
        this.code = null // the fault ended with the publication
      }
    }
    this.changed()
  }

  /**
   * Removes pictures and publications that went off air and that late frames have brought back. Frames of a new publication may arrive
   * before the hub says that the publication is on air. So a picture or a publication is removed only when two checks in a row find it off
   * air.
   */
  private clear() {
    const before = this.off
    this.off = new Set()
    for (const [publication, player] of this.players) {
      const source = this.air.sources.find((s) => s.publication === publication)
      const on = this.quality === 'sound' ? [] : (source?.tracks ?? [])
      if (source && [...player.pictures.keys()].every((place) => on.includes(place) || on.includes(place + 1))) continue
      if (!before.has(publication)) this.off.add(publication)
      else if (source) player.keep(on)
      else {
        player.close()
        this.players.delete(publication)
      }
    }
  }

  private become(state: LinkState, code: string | null) {
    if (this.state === state && this.code === code) return
    this.state = state
    this.code = code
    this.toldAt = performance.now()
    this.changed()
  }

  /** Gets the hub's receipt for the media that it has sent until now, and keeps the receipt for the next report. */
  async prove() {
    const token = await this.link.receipt()
    if (token) receiptsOf(this.session).addLive(token, this.link, Date.now())
  }

  private report() {
    if (this.players.size > 0) void this.prove()
    for (const [publication, player] of this.players) {
      const position = player.position()
      if (position !== null && position >= 0) this.link.played(publication, position, player.lag())
    }
  }

  /**
   * Clears a decoding fault after ten seconds. The rest concerns only the automatic choice of quality. If pictures are left out again and
   * again, the connection cannot carry them. Then small pictures are chosen. If there are none, or if they are left out too, sound alone is
   * chosen. A better quality is tried again later.
   */
  private judge() {
    if (this.code === 'media.cannot-decode' && performance.now() - this.toldAt > tryBetterAfter / 3) this.become(this.state, null)
    if (this.choice !== 'auto') return
    let gaps = 0
    for (const player of this.players.values()) gaps += player.gaps()
    const now = performance.now()
    if (gaps > this.gapsBefore) this.gapsSeen.push(now)
    this.gapsBefore = gaps
    this.gapsSeen = this.gapsSeen.filter((at) => at > now - 10_000 && at > this.chosenAt + 2_000)
    if (this.gapsSeen.length >= 2 && this.quality !== 'sound') this.take(this.quality === 'full' && this.offersSmall() ? 'small' : 'sound')
    else if (this.quality !== this.best && this.gapsSeen.length === 0 && now - this.chosenAt > tryBetterAfter)
      this.take(this.quality === 'sound' && this.offersSmall() ? 'small' : this.best)
  }

  private offersSmall() {
    return this.hasSmall || this.air.sources.some((source) => source.tracks.some(isSmall))
  }

  private take(quality: Quality) {
    this.gapsSeen = []
    this.chosenAt = performance.now()
    if (quality === this.quality) return
    this.quality = quality
    this.link.choose(quality)
    if (quality === 'sound') for (const player of this.players.values()) player.keep([])
    this.changed()
  }
}
