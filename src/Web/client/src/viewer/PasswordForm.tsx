import { Anchor, Button, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { http } from '../api/http'
import { canUsePasskeys } from '../api/passkeys'
import { CodeField } from '../commands/CodeField'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useProblemText } from '../commands/useProblemText'
import { useReader } from '../i18n'
import { ForgottenPassword } from './ForgottenPassword'
import { PasswordField } from './PasswordField'
import { useMail } from './useMail'

interface SignIn {
  readonly userName: string
  readonly password: string
  readonly code?: string
}

/**
 * Signs in with a user name and a password. If the account has a second factor, the form asks for its code too. A person with a passkey can
 * sign in with it below this form instead. The page is loaded again at the same address, so that the person goes on where they were.
 */
export function PasswordForm() {
  const { t } = useReader()
  const textOf = useProblemText()
  const [userName, setUserName] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [asksCode, setAsksCode] = useState(false)
  const [forgotten, setForgotten] = useState(false)
  const byMail = useMail()
  const command = useCommand(
    (signIn: SignIn) => http.post('/api/session', signIn),
    () => location.reload(),
  )
  const refused = command.problem?.code
  if (refused === 'session.factor-required' && !asksCode) setAsksCode(true)
  const wrongCode = refused === 'session.code-denied'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void command.run({ userName: userName.trim(), password, ...(asksCode && { code: code.trim() }) })
  }
  if (forgotten) return <ForgottenPassword typed={userName.trim()} back={() => setForgotten(false)} />
  return (
    <Paper withBorder p="lg" radius="md">
      <form onSubmit={submit}>
        <Stack>
          <Title order={1} size="h2">
            {t('shell.signInTitle')}
          </Title>
          <TextInput
            name="userName"
            label={t('shell.userName')}
            autoComplete="username webauthn"
            autoCapitalize="none"
            spellCheck={false}
            required
            value={userName}
            onChange={(e) => (setUserName(e.currentTarget.value), setAsksCode(false), command.clear())}
          />
          <PasswordField
            name="password"
            label={t('shell.password')}
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
          />
          {asksCode && (
            <>
              <Text role="status">{t(canUsePasskeys() ? 'passkeys.codeNeeded' : 'accounts.codeNeeded')}</Text>
              <CodeField value={code} onChange={setCode} focused error={wrongCode ? textOf(command.problem!) : undefined} />
            </>
          )}
          {command.problem && refused !== 'session.factor-required' && !wrongCode && (
            <ProblemNotice problem={command.problem} title={t('accounts.notSignedIn')} />
          )}
          <Button type="submit" loading={command.busy}>
            {t('shell.signIn')}
          </Button>
          {byMail && (
            <Anchor component="button" type="button" size="sm" underline="always" ta="start" onClick={() => setForgotten(true)}>
              {t('mail.forgotten')}
            </Anchor>
          )}
          <Text size="sm" c="dimmed">
            {t('accounts.forgot')}
          </Text>
        </Stack>
      </form>
    </Paper>
  )
}
