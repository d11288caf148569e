import { PasswordInput } from '@mantine/core'
import { useReader } from '../i18n'

interface Props {
  readonly value: string
  readonly onChange: (value: string) => void
  /** What is wrong with the password. */
  readonly error?: string | undefined
  readonly focused?: boolean
}

/** A field for a new password. The person types it once, and can look at it. */
export function NewPassword({ value, onChange, error, focused }: Props) {
  const { t } = useReader()
  return (
    <PasswordInput
      name="new-password"
      label={t('accounts.newPassword')}
      description={t('accounts.passwordHint')}
      autoComplete="new-password"
      required
      autoFocus={focused}
      maxLength={256}
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
      error={error}
      errorProps={{ role: 'alert' }}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': t('accounts.showPassword') }}
    />
  )
}
