import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import type { LocalName } from '../../../api/schema'
import { useResource } from '../../../api/useResource'
import { useViewer } from '../../../viewer/useViewer'
import { audio } from '../audio'
import { LivePlayer, type QualityChoice, type Shown, type StageView } from './LivePlayer'
import { loadPlayer } from './loadPlayer'
import type { MakePlayer } from './Player'
import { grows, type Recording, rangeOf, recordingUrl } from './recording'
import { ReplayPlayer } from './ReplayPlayer'
import { StagePlayers } from './StagePlayers'
import { usePlayed } from './usePlayed'
import type { Quality } from './ViewerLink'

const recordingEvery = 4_000
const nothing: StageView = { link: 'connecting', open: true, shown: [], code: null, quality: 'full' }

/** The state of a stage. A stage plays the live picture, or the recording from an instant that the reader has chosen. */
export interface StageState {
  readonly live: StageView
  readonly shown: readonly Shown[]
  readonly replay: ReplayPlayer | null
  readonly player: LivePlayer | null
  /** The recorded time, in ms since 1970. Null if nothing is recorded. */
  readonly range: [number, number] | null
  readonly seek: (instant: number) => void
  readonly toLive: () => void
  /** The names of the senders, by the number of the recorded publication. */
  readonly names: ReadonlyMap<number, LocalName>
  readonly quality: QualityChoice
  readonly choose: (quality: QualityChoice) => void
  readonly hears: boolean
  readonly resume: () => void
}

/**
 * @param recorded Whether there may be a recording.
 * @param ended Whether the lecture has ended, so that nothing more comes live.
 */
export function useStage(session: string, recorded: boolean, ended: boolean, volume: number, best: Quality): StageState {
  const { person } = useViewer()
  const [players] = useState(() => new StagePlayers())
  const { live: player, replay } = useSyncExternalStore(players.subscribe, players.now)
  const [instant, setInstant] = useState<number | null>(null)
  const [quality, setQuality] = useState<QualityChoice>('auto')
  const [hears, setHears] = useState(false)
  const [Player, setPlayer] = useState<MakePlayer | null>(null)
  const { data: recording } = useResource<Recording>(recorded ? recordingUrl(session) : null, (latest) =>
    ended && !grows(latest) ? 0 : recordingEvery,
  )
  const watchesLive = instant === null && !ended
  usePlayed(session, players)

  useEffect(() => {
    let left = false
    void loadPlayer().then((made) => left || setPlayer(() => made))
    return () => void (left = true)
  }, [])

  // A new choice of quality does not begin another player. The running player takes over the choice.
  const beginLive = useEffectEvent(
    (Player: MakePlayer, session: string, person: string) => new LivePlayer(Player, session, person, quality, players.changed),
  )
  useEffect(() => {
    if (!watchesLive || !Player) return
    const begun = beginLive(Player, session, person)
    players.put({ live: begun })
    return () => {
      begun.close()
      players.put({ live: null })
    }
  }, [Player, session, person, watchesLive, players])

  const hasRecording = rangeOf(recording) !== null
  const watchesRecording = instant !== null
  // If the reader chooses another instant or the recording grows, the same player goes on. It ends when the reader goes back to live.
  const beginReplay = useEffectEvent((Player: MakePlayer, session: string) =>
    instant === null || !recording ? null : new ReplayPlayer(Player, session, recording, instant, players.changed),
  )
  useEffect(() => {
    if (!watchesRecording || !hasRecording || !Player) return
    const begun = beginReplay(Player, session)
    players.put({ replay: begun })
    return () => {
      begun?.close()
      players.put({ replay: null })
    }
  }, [Player, session, watchesRecording, hasRecording, players])
  useEffect(() => void (recording && players.now().replay?.update(recording)), [recording, players])
  useEffect(() => {
    player?.setVolume(volume)
    player?.limit(best)
    replay?.setVolume(volume)
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
    live: player?.view() ?? nothing,
    shown: replay?.shown() ?? player?.view().shown ?? [],
    replay,
    player,
    range: rangeOf(recording),
    seek: (to) => {
      setInstant((now) => now ?? to)
      players.now().replay?.seek(to)
    },
    toLive: () => setInstant(null),
    names: new Map((recording?.publications ?? []).flatMap((p) => (p.who ? [[p.publication, p.who] as const] : []))),
    quality,
    choose: (next) => {
      setQuality(next)
      player?.choose(next)
    },
    hears,
    resume: () =>
      void audio()
        .context.resume()
        .then(() => {
          const now = players.now().replay
          now?.seek(now.instant())
        }),
  }
}
