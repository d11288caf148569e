import { Checkbox } from '@mantine/core'
import { useReader } from '../i18n'

/** Whether a new link also resets the second factor of whoever uses it. */
export function ResetFactors({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  const { t } = useReader()
  return (
    <Checkbox
      name="resetsFactors"
      label={t('accounts.resetFactor')}
      description={t('accounts.resetFactorHint')}
      checked={checked}
      onChange={(e) => onChange(e.currentTarget.checked)}
    />
  )
}
