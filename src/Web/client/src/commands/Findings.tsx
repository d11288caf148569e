import { List } from '@mantine/core'
import type { Finding } from '../api/schema'
import { useReader } from '../i18n'
import { Notice } from './Notice'
import { weigh } from './useCheck'
import { useFindingText } from './useFindingText'

/** The findings against a command, in the reader's language. The server's own sentence appears on hover. */
export function Findings({ findings, title }: { findings: readonly Finding[]; title?: string }) {
  const { t } = useReader()
  const textOf = useFindingText()
  if (findings.length === 0) return null
  const { refused } = weigh(findings)
  return (
    <Notice kind={refused ? 'refusal' : 'warning'} title={title ?? t(refused ? 'board.moveRefused' : 'board.moveWarned')}>
      <List size="sm" listStyleType="none">
        {findings.map((f) => (
          <List.Item key={f.code + (f.conflictsWith ?? '') + (f.person ?? '')} title={f.message}>
            {textOf(f)}
          </List.Item>
        ))}
      </List>
    </Notice>
  )
}
