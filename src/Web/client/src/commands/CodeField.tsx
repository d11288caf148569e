import { Anchor, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useReader } from '../i18n'

interface Props {
  readonly value: string
  readonly onChange: (value: string) => void
  /** What is wrong with the code. */
  readonly error?: string | undefined
  /** Whether the field gets the focus when it appears. */
  readonly focused?: boolean
  /** Whether only the app's code counts, because the recovery codes do not exist yet. */
  readonly appOnly?: boolean
}

/** A field for a code of the authenticator app. A recovery code has letters too, so the person can change to a keyboard with letters. */
export function CodeField({ value, onChange, error, focused, appOnly }: Props) {
  const { t } = useReader()
  const [letters, setLetters] = useState(false)
  return (
    <Stack gap={4} align="stretch">
      <TextInput
        key={String(letters)}
        name="code"
        label={t(letters ? 'accounts.recoveryCode' : 'accounts.code')}
        description={t(appOnly ? 'accounts.codeHintApp' : letters ? 'accounts.recoveryCodeHint' : 'accounts.codeHint')}
        required
        autoFocus={focused || letters}
        data-autofocus={focused || undefined}
        inputMode={letters ? 'text' : 'numeric'}
        autoComplete={letters ? 'off' : 'one-time-code'}
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
        dir="ltr"
        value={value}
        onChange={(e) => onChange(e.currentTarget.value)}
        error={error}
        errorProps={{ role: 'alert' }}
      />
      {!appOnly && (
        <Anchor
          component="button"
          type="button"
          size="sm"
          ta="start"
          underline="always"
          onClick={() => (setLetters(!letters), onChange(''))}
        >
          {t(letters ? 'accounts.useApp' : 'accounts.useRecoveryCode')}
        </Anchor>
      )}
    </Stack>
  )
}
