import { Text } from '@mantine/core'
import { useState } from 'react'
import { http } from '../api/http'
import { useReader } from '../i18n'
import { PasswordField } from '../viewer/PasswordField'
import { CommandForm } from './CommandForm'
import { NewPassword } from './NewPassword'
import { useForm } from './useForm'

/** Changes the person's own password. */
export function OwnPassword({ userName }: { userName: string }) {
  const { t } = useReader()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [done, setDone] = useState(false)
  const command = useForm(
    (input: { current: string; password: string }) => http.put('/api/me/password', input),
    () => (setCurrent(''), setPassword(''), setDone(true)),
    ['current', 'password'],
  )
  return (
    <CommandForm
      command={command}
      send={() => (setDone(false), void command.run({ current, password }))}
      act={t('accounts.changePassword')}
      data-password
    >
      {/* A password manager stores the new password under this name. */}
      <input type="text" name="userName" autoComplete="username" value={userName} readOnly hidden />
      <PasswordField
        name="current-password"
        label={t('accounts.currentPassword')}
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
        error={command.at('current')}
      />
      <NewPassword value={password} onChange={setPassword} error={command.at('password')} />
      {done && (
        <Text size="sm" role="status">
          {t('accounts.passwordChanged')}
        </Text>
      )}
    </CommandForm>
  )
}
