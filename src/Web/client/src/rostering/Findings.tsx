import { Alert, List } from '@mantine/core'
import { IconAlertTriangle, IconCircleX, IconHourglass } from '@tabler/icons-react'
import { Problem, unreachable } from '../api/http'
import { useReader } from '../i18n'
import { useFindingText } from './conflict'
import type { Finding } from './roster'

/** What rules say against something: in the reader's words, with the server's sentence for what exactly. */
export function Findings({ findings, title }: { findings: readonly Finding[]; title?: string }) {
  const { t } = useReader()
  const textOf = useFindingText()
  if (findings.length === 0) return null
  const refused = findings.some((f) => !f.overridable)
  return (
    <Alert
      color={refused ? 'red' : 'orange'}
      variant="light"
      icon={refused ? <IconCircleX aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={title ?? t(refused ? 'board.moveRefused' : 'board.moveWarned')}
      styles={{ title: { color: 'var(--hub-warning)' } }}
    >
      <List size="sm" listStyleType="none">
        {findings.map((f) => (
          <List.Item key={f.code + (f.conflictsWith ?? '') + (f.person ?? '')} title={f.message}>
            {textOf(f)}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

/** A refusal or fault, said where it happened; `title` says of what, where it is not a command. While a command waits for the hub, that is said instead. */
export function ProblemNotice({ problem, title, waiting }: { problem: Problem | undefined; title?: string; waiting?: boolean }) {
  const { t, word } = useReader()
  if (waiting)
    return (
      <Alert role="status" color="orange" variant="light" icon={<IconHourglass aria-hidden />}>
        {t('shell.stillTrying')}
      </Alert>
    )
  if (!problem) return null
  if (problem.findings.length > 0 && problem.code !== 'roster.stale')
    return (
      <div role="alert">
        <Findings findings={problem.findings} title={title ?? t('board.notDone')} />
      </div>
    )
  const text =
    problem.code === 'roster.stale'
      ? t('board.stale')
      : problem.code === unreachable
        ? t('shell.unreachable')
        : word('findings', problem.code) === problem.code
          ? t('shell.fault', { code: problem.code })
          : word('findings', problem.code)
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconCircleX aria-hidden />}
      title={title ?? t('board.notDone')}
      styles={{ title: { color: 'var(--hub-warning)' } }}
    >
      {text}
    </Alert>
  )
}
