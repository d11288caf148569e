import { Button, Group, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { http } from '../api/http'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import { PasswordField } from '../viewer/PasswordField'
import { useFaults } from './faults'
import { NewPassword } from './NewPassword'

/** Changes the person's own password. */
export function OwnPassword({ userName }: { userName: string }) {
  const { t } = useReader()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [done, setDone] = useState(false)
  const { withFactor, factorDialog } = useFactorAgain()
  const command = useCommand(
    (input: { current: string; password: string }) => withFactor(() => http.put('/api/me/password', input)),
    () => (setCurrent(''), setPassword(''), setDone(true)),
  )
  const { at, rest } = useFaults(command.problem, ['password'])
  const wrong = rest?.code === 'session.denied'
  const submit = (event: FormEvent) => (event.preventDefault(), setDone(false), void command.run({ current, password }))
  return (
    <>
      <form onSubmit={submit} data-password>
        <Stack gap="sm">
          {/* A password manager stores the new password under this name. */}
          <input type="text" name="userName" autoComplete="username" value={userName} readOnly hidden />
          <PasswordField
            name="current-password"
            label={t('accounts.currentPassword')}
            autoComplete="current-password"
            value={current}
            onChange={setCurrent}
            error={wrong ? t('accounts.wrongPassword') : undefined}
          />
          <NewPassword value={password} onChange={setPassword} error={at('password')} />
          {!wrong && <ProblemNotice problem={rest} />}
          {done && (
            <Text size="sm" role="status">
              {t('accounts.passwordChanged')}
            </Text>
          )}
          <Group>
            <Button type="submit" loading={command.busy}>
              {t('accounts.changePassword')}
            </Button>
          </Group>
        </Stack>
      </form>
      {factorDialog}
    </>
  )
}
