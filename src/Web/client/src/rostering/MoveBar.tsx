import { Badge, Text } from '@mantine/core'
import { useFindingText } from '../commands/useFindingText'
import { useReader } from '../i18n'
import { shortDate, span } from '../time/format'
import classes from './Board.module.css'
import type { Row } from './layout'
import { lengthOf, type Move } from './useMove'

const words = {
  checking: 'board.moveChecking',
  allowed: 'board.moveAllowed',
  warned: 'board.moveWarned',
  refused: 'board.moveRefused',
} as const

/** Shown while an engagement is moved: its new place and the findings against the move. Screen readers read it aloud. */
export function MoveBar({ move, rows, zone }: { move: Move; rows: readonly Row[]; zone: string }) {
  const { t, locale } = useReader()
  const textOf = useFindingText()
  const when = `${shortDate(move.start, zone, locale)} ${span(move.start, move.start + lengthOf(move.engagement), zone, locale)}`
  return (
    <div className={classes.move} data-verdict={move.verdict}>
      <Text span size="sm">
        {t(move.by === 'pointer' ? 'board.moveHintPointer' : 'board.moveHint', { title: move.engagement.title })}
      </Text>
      <span role="status">
        <b>{t('board.moveTo', { when, room: rows.find((r) => r.key === move.row)?.label ?? '' })}</b>{' '}
        <Badge
          variant="outline"
          c="var(--hub-text)"
          color={move.verdict === 'refused' || move.verdict === 'warned' ? 'orange.9' : 'gray'}
          tt="none"
        >
          {t(words[move.verdict])}
        </Badge>{' '}
        {move.findings.map(textOf).join(' · ')}
      </span>
    </div>
  )
}
