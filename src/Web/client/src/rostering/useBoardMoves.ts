import { useState } from 'react'
import { useReader } from '../i18n'
import { clock, shortDate } from '../time/format'
import type { UsedBoardDialogs } from './useBoardDialogs'
import { type Move, type Place, useMove, inputOf } from './useMove'
import type { UsedRosterCommand } from './useRosterCommand'

interface Moving {
  readonly place: Place
  readonly zone: string
  readonly command: UsedRosterCommand
  readonly dialogs: UsedBoardDialogs
  readonly focusOn: (id: string) => void
  /** Shows an engagement whose move was refused. */
  readonly show: (id: string) => void
}

/** Moves engagements on a board. A drop onto another consultant or with findings opens a dialog. Any other drop is sent at once. */
export function useBoardMoves({ place, zone, command, dialogs, focusOn, show }: Moving) {
  const { t, locale } = useReader()
  const [said, say] = useState('')
  const drop = async (move: Move) => {
    const { engagement, findings } = move
    const input = inputOf(move, place.rows, place.byRooms)
    if (!input) return
    if (input.type === 'assign' && move.verdict !== 'refused')
      return dialogs.askAboutDrop({ engagement, on: place.rows.find((r) => r.key === move.row)?.id ?? null })
    const when = `${shortDate(move.start, zone, locale)} ${clock(move.start, zone, locale)}`
    const done = () => say(t('board.moved', { title: engagement.title, when }))
    if (findings.length > 0)
      return dialogs.askReason({
        title: engagement.title,
        engagement,
        input: (now) => inputOf({ ...move, engagement: now }, place.rows, place.byRooms),
        findings,
        done,
      })
    if (await command.run(input, place.weekOf(engagement))) {
      done()
      focusOn(engagement.id)
    } else show(engagement.id)
  }
  const moving = useMove(place, (move) => void drop(move))
  return {
    moving,
    /** The last move in words, for people who do not see the board. */
    said,
  }
}
