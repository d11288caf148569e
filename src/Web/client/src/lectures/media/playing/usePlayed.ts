import { useEffect } from 'react'
import { http, Problem } from '../../../api/http'
import { Played } from './played'
import { receiptsOf } from './receipts'
import type { StagePlayers } from './StagePlayers'

const lookEvery = 1_000
const reportEvery = 15_000

/** Whether the hub would refuse the same report again. */
const isFinal = (error: unknown) => error instanceof Problem && [400, 404, 409].includes(error.status)

/**
 * Reports to the hub what this tab has really played, for the attendance. A report that does not arrive is sent again. The hub's receipts
 * prove that the media were sent here.
 */
export function usePlayed(session: string, players: StagePlayers) {
  useEffect(() => {
    const played = new Played()
    const connection = crypto.randomUUID()
    const look = () => {
      const { live, replay: again } = players.now()
      if (again) played.look(again.isPaused ? null : again.instant(), 'recorded', Date.now())
      else played.look(live?.instant() ?? null, 'live', Date.now())
    }
    const report = async () => {
      const pieces = played.take()
      if (pieces.length === 0) return
      try {
        await http.post(`/api/lectures/${session}/played`, {
          connection,
          receipts: receiptsOf(session).of(pieces),
          played: pieces.map((p) => ({ from: new Date(p.from).toISOString(), to: new Date(p.to).toISOString(), as: p.as })),
        })
      } catch (error) {
        if (!isFinal(error)) played.putBack(pieces)
      }
    }
    const leave = () => void report()
    const tell = async () => {
      await players.now().live?.prove()
      await report()
    }
    const timers = [setInterval(look, lookEvery), setInterval(() => void tell(), reportEvery)]
    window.addEventListener('pagehide', leave)
    return () => {
      timers.forEach(clearInterval)
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [session, players])
}
