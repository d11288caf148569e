import { TextInput } from '@mantine/core'
import { useReader } from '../i18n'

/** The reason that a person gives when a command goes against a warning. */
export function ReasonField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useReader()
  return (
    <TextInput
      label={t('board.reason')}
      description={t('board.reasonHint')}
      required
      maxLength={500}
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  )
}
