import type { Problem } from '../api/http'
import { useReader } from '../i18n'
import { Findings } from './Findings'
import { Notice } from './Notice'
import { stale, useProblemText } from './useProblemText'

interface Props {
  readonly problem: Problem | undefined
  /** The notice's title, which says what failed. If there is no title, the notice says that the command was not done. */
  readonly title?: string
  /** Whether the command waits for the hub. The notice then says only this. */
  readonly waiting?: boolean
}

/** A refusal or a fault, shown in the place where it happened. */
export function ProblemNotice({ problem, title, waiting }: Props) {
  const { t } = useReader()
  const textOf = useProblemText()
  if (waiting)
    return (
      <Notice kind="waiting" role="status">
        {t('shell.stillTrying')}
      </Notice>
    )
  if (!problem) return null
  const heading = title ?? t('board.notDone')
  if (problem.findings.length > 0 && problem.code !== stale)
    return (
      <div role="alert">
        <Findings findings={problem.findings} title={heading} />
      </div>
    )
  return (
    <Notice kind="refusal" role="alert" title={heading}>
      {textOf(problem)}
    </Notice>
  )
}
