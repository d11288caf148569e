import { useState } from 'react'
import { useReader } from '../i18n'
import { PasswordField } from '../viewer/PasswordField'
import { FormDialog } from './CommandForm'
import { useForm } from './useForm'
import type { MyAccount } from './wire'

/** Whether the hub asks for the present password before the person adds a way to sign in. People with a second factor give that instead. */
export const needsPassword = (account: MyAccount) => account.hasPassword && !account.totp && account.passkeys === 0

interface FieldProps {
  readonly account: MyAccount
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
  readonly focused?: boolean | undefined
}

/** The field for the present password, which says why the hub asks for it. */
export function PresentPassword({ account, value, onChange, error, focused }: FieldProps) {
  const { t } = useReader()
  return (
    <>
      {/* Password managers need the user name. */}
      <input type="text" name="userName" autoComplete="username" value={account.userName} readOnly hidden />
      <PasswordField
        name="password"
        label={t('accounts.currentPassword')}
        description={t('passkeys.whyPassword')}
        autoComplete="current-password"
        focused={focused}
        value={value}
        onChange={onChange}
        error={error}
      />
    </>
  )
}

interface DialogProps<A> {
  readonly account: MyAccount
  readonly title: string
  readonly send: (password: string) => Promise<A>
  readonly done: (answer: A) => unknown
  readonly close: () => void
}

/** Asks for the present password before the person adds a way to sign in. */
export function PasswordDialog<A>({ account, title, send, done, close }: DialogProps<A>) {
  const { t } = useReader()
  const [password, setPassword] = useState('')
  const command = useForm(send, done, ['password'])
  return (
    <FormDialog title={title} act={t('passkeys.goOn')} command={command} send={() => void command.run(password)} close={close}>
      <PresentPassword account={account} value={password} onChange={setPassword} error={command.at('password')} focused />
    </FormDialog>
  )
}
