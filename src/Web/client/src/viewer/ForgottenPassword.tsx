import { Anchor, Button, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { http } from '../api/http'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'

/** Asks for a link for a new password. The answer is the same whether or not there is such an account. */
export function ForgottenPassword({ typed, back }: { typed: string; back: () => void }) {
  const { t, language } = useReader()
  const [userName, setUserName] = useState(typed)
  const [sent, setSent] = useState(false)
  const told = useRef<HTMLParagraphElement>(null)
  // The form that was here before is gone, so the focus moves to what has taken its place.
  useEffect(() => (sent ? told.current?.focus() : undefined), [sent])
  const command = useCommand(
    (userName: string) => http.post('/api/session/reset', { userName, language }),
    () => setSent(true),
  )
  return (
    <Paper withBorder p="lg" radius="md" data-forgotten>
      <Stack>
        <Title order={1} size="h2">
          {t('mail.forgottenTitle')}
        </Title>
        {sent ? (
          <>
            <Text fw={600} ref={told} tabIndex={-1} role="status">
              {t('mail.forgottenSent')}
            </Text>
            <Text>{t('mail.forgottenNext')}</Text>
          </>
        ) : (
          <form onSubmit={(event: FormEvent) => (event.preventDefault(), void command.run(userName.trim()))}>
            <Stack>
              <Text>{t('mail.forgottenText')}</Text>
              <TextInput
                name="userName"
                label={t('mail.forgottenField')}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                autoFocus
                required
                maxLength={254}
                value={userName}
                onChange={(e) => setUserName(e.currentTarget.value)}
              />
              <ProblemNotice problem={command.problem} />
              <Button type="submit" loading={command.busy}>
                {t('mail.forgottenSend')}
              </Button>
            </Stack>
          </form>
        )}
        <Anchor component="button" type="button" size="sm" underline="always" ta="start" onClick={back}>
          {t('mail.backToSignIn')}
        </Anchor>
      </Stack>
    </Paper>
  )
}
