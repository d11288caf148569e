import { useReader } from '../i18n'
import { PasswordField } from '../viewer/PasswordField'

interface Props {
  readonly value: string
  readonly onChange: (value: string) => void
  /** What is wrong with the password. */
  readonly error?: string | undefined
  readonly focused?: boolean
}

/** A field for a new password. The person types it once, and can look at it. */
export function NewPassword(props: Props) {
  const { t } = useReader()
  return (
    <PasswordField
      {...props}
      name="new-password"
      label={t('accounts.newPassword')}
      description={t('accounts.passwordHint')}
      autoComplete="new-password"
    />
  )
}
