import { useCallback, useEffect, useRef, useState } from 'react'
import type { LocalName } from '../../api/schema'
import { useResource } from '../../api/useResource'
import { useSession } from '../../session/useSession'
import { loadPlayer, type MakePlayer } from './engines'
import type { Quality } from './lectureHub'
import { LivePlayer, type QualityChoice, type Shown, type StageView } from './LivePlayer'
import { grows, type Recording, rangeOf, recordingUrl } from './recording'
import { ReplayPlayer } from './ReplayPlayer'
import { audio } from './sound'
import { usePlayed } from './usePlayed'

const recordingEvery = 4_000
const nothing: StageView = { link: 'connecting', open: true, shown: [], code: null, quality: 'full' }

/** What a stage plays: the live picture, or the recording from an instant that the reader has chosen. */
export interface StageState {
  readonly live: StageView
  readonly shown: readonly Shown[]
  readonly replay: ReplayPlayer | null
  readonly player: LivePlayer | null
  /** The recorded time, ms since 1970; null where nothing is recorded. */
  readonly range: [number, number] | null
  readonly seek: (instant: number) => void
  readonly toLive: () => void
  /** Who sent what was recorded, by publication. */
  readonly names: ReadonlyMap<number, LocalName>
  readonly quality: QualityChoice
  readonly choose: (quality: QualityChoice) => void
  readonly hears: boolean
  readonly resume: () => void
}

/** @param recorded whether a recording may be asked for. @param ended nothing comes live any more. */
export function useStage(session: string, recorded: boolean, ended: boolean, volume: number, best: Quality): StageState {
  const { person } = useSession()
  const [, redraw] = useState(0)
  const changed = useCallback(() => redraw((n) => n + 1), [])
  const player = useRef<LivePlayer | null>(null)
  const replay = useRef<ReplayPlayer | null>(null)
  const [instant, setInstant] = useState<number | null>(null)
  const [quality, setQuality] = useState<QualityChoice>('auto')
  const [hears, setHears] = useState(false)
  const [Player, setPlayer] = useState<MakePlayer | null>(null)
  const { data: recording } = useResource<Recording>(recorded ? recordingUrl(session) : null, (latest) =>
    ended && !grows(latest) ? 0 : recordingEvery,
  )
  const watchesLive = instant === null && !ended
  usePlayed(session, player, replay)

  useEffect(() => {
    let left = false
    void loadPlayer().then((made) => left || setPlayer(() => made))
    return () => void (left = true)
  }, [])

  useEffect(() => {
    if (!watchesLive || !Player) return
    const begun = new LivePlayer(Player, session, person, quality, changed)
    player.current = begun
    changed()
    return () => {
      begun.close()
      player.current = null
    }
    // A choice of quality is told to the player that runs; it is no reason for another.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [Player, session, person, watchesLive, changed])

  const hasRecording = rangeOf(recording) !== null
  useEffect(() => {
    if (instant === null || !recording || !hasRecording || !Player) return
    const begun = new ReplayPlayer(Player, session, recording, instant, changed)
    replay.current = begun
    changed()
    return () => {
      begun.close()
      replay.current = null
    }
    // It is told where to go and what has come since; only going back to live ends it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [Player, session, instant === null, hasRecording, changed])
  useEffect(() => void (recording && replay.current?.update(recording)), [recording])
  useEffect(() => {
    player.current?.setVolume(volume)
    player.current?.limit(best)
    replay.current?.setVolume(volume)
  })

  useEffect(() => {
    const { context } = audio()
    const tell = () => setHears(context.state === 'running')
    context.addEventListener('statechange', tell)
    void context.resume().catch(() => undefined)
    tell()
    return () => context.removeEventListener('statechange', tell)
  }, [])

  return {
    live: player.current?.view() ?? nothing,
    shown: replay.current?.shown() ?? player.current?.view().shown ?? [],
    replay: replay.current,
    player: player.current,
    range: rangeOf(recording),
    seek: (to) => {
      setInstant((now) => now ?? to)
      replay.current?.seek(to)
    },
    toLive: () => setInstant(null),
    names: new Map((recording?.publications ?? []).flatMap((p) => (p.who ? [[p.publication, p.who] as const] : []))),
    quality,
    choose: (next) => {
      setQuality(next)
      player.current?.choose(next)
    },
    hears,
    resume: () =>
      void audio()
        .context.resume()
        .then(() => replay.current?.seek(replay.current.instant())),
  }
}
