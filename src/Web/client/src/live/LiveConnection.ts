import { HttpTransportType, type HubConnection, HubConnectionBuilder, HubConnectionState, LogLevel } from '@microsoft/signalr'
import { http, Problem } from '../api/http'
import type { Frame } from '../api/schema'
import { noteSignedOut, onSignedOut, whySignedOut } from '../api/signedOut'
import { InOrder } from './InOrder'
import { unpack } from './packed'
import { Assembly, nothingYet, type Picture } from './topic'

/** `since` is when this state began, in ms by this machine's clock. For `offline`, it is when this page last heard from the server. */
export interface Connection {
  readonly state: 'connecting' | 'live' | 'offline'
  readonly since: number
}

/** The state of a topic for its watchers. `refused` is the server's stable code if the server refuses the topic, or else null. */
export interface Watched {
  readonly picture: Picture
  readonly refused: string | null
}

interface Watch {
  assembly: Assembly
  watched: Watched
  listeners: Set<() => void>
}

const keepAlive = 5_000
const silence = 15_000
const slowest = 10_000
const moving = 500
const again = 1_000

/**
 * One connection for all topics of a page. It never gives up. After a dropped connection, a killed server or a sleeping laptop, it connects
 * again. Then it asks for every topic from the position up to which the page has read, so that nothing is missed or shown twice. Only
 * after the sign-in has ended, it waits until the person is signed in again.
 */
export class LiveConnection {
  private readonly hub: HubConnection
  private readonly watches = new Map<string, Watch>()
  private readonly listeners = new Set<() => void>()
  private readonly frames = new InOrder<Frame>(
    (frame) => this.receive(frame),
    () => void this.hub.stop(),
  )
  private connection: Connection = { state: 'connecting', since: Date.now() }
  private attempt = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private lastTick = Date.now()
  /** The time at which the machine fell asleep. It is set when the sleep is noticed, and cleared when the connection has ended. */
  private slept: number | undefined

  constructor(url = '/hubs/live?packed=1') {
    this.hub = new HubConnectionBuilder()
      .withUrl(url, { transport: HttpTransportType.WebSockets, skipNegotiation: true })
      .withKeepAliveInterval(keepAlive)
      .withServerTimeout(silence)
      .configureLogging(LogLevel.None)
      .build()
    this.hub.on('Frame', (frame: Frame) => this.frames.add(frame))
    this.hub.on('Packed', (packed: string) => this.frames.add(unpack(packed)))
    // The reader has lost the right to read this topic. No more frames of the topic will come.
    this.hub.on('Ended', (topic: string, code: string) => {
      const watch = this.watches.get(topic)
      if (watch) this.tell(watch, { ...watch.watched, refused: code })
    })
    // The sign-in has ended. The hub closes the connection after this.
    this.hub.on('SignedOut', (code: string) => noteSignedOut(code))
    onSignedOut(() => (whySignedOut() ? void this.hub.stop() : this.retryNow()))
    // After a silence of the server, the picture counts as old from the beginning of the silence. After a sleep of the machine, it counts
    // as old from the beginning of the sleep.
    this.hub.onclose((error) => {
      if (whySignedOut()) this.become('offline')
      else if (error || this.slept) this.lost(this.slept ?? (/timeout/i.test(error?.message ?? '') ? Date.now() - silence : Date.now()))
      else this.moveOn()
    })
    window.addEventListener('online', () => this.retryNow())
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.retryNow())
    setInterval(() => this.noticeSleep(), keepAlive)
    void this.connect()
  }

  readonly state = () => this.connection

  /** Calls the listener when the connection's state changes. Returns a function that removes the listener. */
  readonly onState = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** Watches a topic until the last listener leaves. */
  readonly watch = (topic: string, listener: () => void) => {
    let watch = this.watches.get(topic)
    if (!watch) {
      this.watches.set(topic, (watch = { assembly: new Assembly(), watched: unwatched, listeners: new Set() }))
      void this.ask(topic, watch)
    }
    watch.listeners.add(listener)
    return () => {
      watch.listeners.delete(listener)
      // The next page may need the same topic. So a topic is released a second later, and only if nobody watches it then.
      setTimeout(() => {
        if (watch.listeners.size > 0 || this.watches.get(topic) !== watch) return
        this.watches.delete(topic)
        if (this.hub.state === HubConnectionState.Connected) this.hub.invoke('Unwatch', topic).catch(() => undefined)
      }, 1_000)
    }
  }

  readonly read = (topic: string): Watched => this.watches.get(topic)?.watched ?? unwatched

  /** Asks again for a refused topic, because the reader's rights may have changed. */
  readonly askAgain = (topic: string) => {
    const watch = this.watches.get(topic)
    if (watch?.watched.refused) void this.ask(topic, watch)
  }

  private async connect() {
    clearTimeout(this.timer)
    if (this.hub.state !== HubConnectionState.Disconnected || whySignedOut()) return
    try {
      await this.hub.start()
    } catch {
      void this.askWhetherSignedIn()
      return this.lost()
    }
    this.attempt = 0
    this.frames.reset()
    this.become('live')
    for (const [topic, watch] of this.watches) void this.ask(topic, watch)
  }

  /** A browser does not tell a page why the hub has refused a connection. So the page asks whether the person is still signed in. */
  private async askWhetherSignedIn() {
    try {
      await http.get('/api/session')
    } catch (error) {
      if (error instanceof Problem && error.status === 401) noteSignedOut(error.code)
    }
  }

  private async ask(topic: string, watch: Watch) {
    if (this.hub.state !== HubConnectionState.Connected) return
    watch.assembly.reset()
    try {
      await this.hub.invoke('Watch', topic, watch.watched.picture.position)
    } catch (error) {
      if (this.hub.state !== HubConnectionState.Connected) return // the topic is asked for again after the next connection is made
      const code = /topic\.[a-z-]+/.exec(error instanceof Error ? error.message : '')?.[0]
      if (code) this.tell(watch, { ...watch.watched, refused: code })
      // The node could not reach the source of the topic, because a machine has stopped. Another machine takes over within seconds.
      else setTimeout(() => this.watches.get(topic) === watch && void this.ask(topic, watch), again)
    }
  }

  private receive(frame: Frame) {
    const watch = this.watches.get(frame.topic)
    const picture = watch?.assembly.add(watch.watched.picture, frame)
    if (watch && picture) this.tell(watch, { picture, refused: null })
  }

  private tell(watch: Watch, watched: Watched) {
    watch.watched = watched
    for (const listener of watch.listeners) listener()
  }

  /**
   * Called when the connection has ended without an error: the server stops in an orderly way, or a frame could not be unpacked. Until this
   * page has connected again, the picture counts as live. The delays are random, so that not all clients connect at the same moment.
   */
  private moveOn() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.connect(), moving * Math.random())
  }

  private lost(since = Date.now()) {
    this.slept = undefined
    this.become('offline', since)
    const wait = Math.min(slowest, 250 * 2 ** this.attempt++) * (0.5 + Math.random() / 2)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.connect(), wait)
  }

  private retryNow() {
    this.attempt = 0
    if (this.hub.state === HubConnectionState.Disconnected) void this.connect()
  }

  /**
   * Timers stand still while a machine sleeps. If this timer comes very late, the connection may be dead without anybody knowing, so it is
   * ended.
   */
  private noticeSleep() {
    const before = this.lastTick
    this.lastTick = Date.now()
    if (this.lastTick - before <= silence || this.hub.state !== HubConnectionState.Connected) return
    this.slept = before
    void this.hub.stop()
  }

  private become(state: Connection['state'], since = Date.now()) {
    if (this.connection.state === state) return
    this.connection = { state, since }
    for (const listener of this.listeners) listener()
  }
}

/** The state of every topic until its first frame. It is one object for all, so that React does not draw again when watching begins. */
const unwatched: Watched = { picture: nothingYet, refused: null }
