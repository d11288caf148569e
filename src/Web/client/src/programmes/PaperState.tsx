import { Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconEyeQuestion, IconX } from '@tabler/icons-react'
import { useReader } from '../i18n'
import { useDates } from './useDates'
import type { RequirementCell } from './wire'

const icons: Record<RequirementCell['state'], typeof IconX> = {
  missing: IconX,
  lapsed: IconX,
  later: IconAlertTriangle,
  tooLong: IconAlertTriangle,
  lapsesBefore: IconAlertTriangle,
  unchecked: IconEyeQuestion,
  met: IconCheck,
}

/** Whether a paper is there, and who must act. */
export function PaperState({ cell }: { cell: RequirementCell }) {
  const { t, word } = useReader()
  const { date } = useDates()
  const Sign = icons[cell.state]
  return (
    <Text size="sm" component="div" data-state={cell.state}>
      <Sign size={14} aria-hidden style={{ verticalAlign: '-2px', marginInlineEnd: 4 }} />
      {word('paperStates', cell.state)}
      {cell.document && (
        <>
          {' · '}
          <bdi>{cell.document}</bdi>
        </>
      )}
      {cell.to && cell.state !== 'missing' && ` · ${t('programmes.validTo', { date: date(cell.to) })}`}
      {cell.acts && (
        <Text size="xs" c="dimmed">
          {t('programmes.acts', { who: word('responsible', cell.acts) })}
        </Text>
      )}
    </Text>
  )
}
