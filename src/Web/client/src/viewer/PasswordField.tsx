import { PasswordInput } from '@mantine/core'
import { useReader } from '../i18n'

interface Props {
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly autoComplete: 'current-password' | 'new-password'
  readonly value: string
  readonly onChange: (value: string) => void
  /** What is wrong with the password. */
  readonly error?: string | undefined
  readonly focused?: boolean | undefined
}

/** A field for a password, which the person can look at. Mantine's component does not mark a wrong password as invalid. */
export function PasswordField({ name, label, description, autoComplete, value, onChange, error, focused }: Props) {
  const { t } = useReader()
  return (
    <PasswordInput
      name={name}
      label={label}
      description={description}
      aria-invalid={!!error}
      autoComplete={autoComplete}
      autoFocus={focused}
      data-autofocus={focused}
      required
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
