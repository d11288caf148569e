import { Anchor, Button, Center, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { useHash } from '@mantine/hooks'
import { type FormEvent, useState } from 'react'
import useSWR from 'swr'
import { http, type Problem } from '../api/http'
import { Notice } from '../commands/Notice'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import { Entrance } from '../viewer/Entrance'
import { Providers } from '../viewer/Providers'
import { useFaults } from './faults'
import { useMoment } from './grants'
import { NewPassword } from './NewPassword'
import type { InvitationView } from './wire'

/** Where a person chooses a password with the link that somebody has handed over. */
export default function InvitationPage() {
  const { t } = useReader()
  const [hash] = useHash({ getInitialValueInEffect: false })
  const token = hash.replace(/^#/, '')
  // The token is sent in the body, because addresses are written to logs.
  const { data, error, mutate } = useSWR<InvitationView, Problem>(
    token ? ['/api/invitations/preview', token] : null,
    ([address, token]: [string, string]) => http.post<InvitationView>(address, { token }),
    { revalidateOnFocus: false, revalidateOnReconnect: false, shouldRetryOnError: (e) => e.status === 0 || e.status >= 500 },
  )
  return (
    <Entrance>
      <Paper withBorder p="lg" radius="md">
        <Stack>
          <Title order={1} size="h2">
            {t('accounts.invitation')}
          </Title>
          {!token || error?.code === 'link.unknown' ? (
            <LinkUnknown />
          ) : data ? (
            <Choice key={token} token={token} invitation={data} />
          ) : error ? (
            <>
              <ProblemNotice problem={error} title={t('shell.notRead')} />
              <Button variant="default" onClick={() => void mutate()}>
                {t('shell.retry')}
              </Button>
            </>
          ) : (
            <Center h={120}>
              <Loader aria-label={t('shell.loading')} />
            </Center>
          )}
        </Stack>
      </Paper>
    </Entrance>
  )
}

function LinkUnknown() {
  const { t } = useReader()
  return (
    <>
      <Notice kind="refusal" role="alert" title={t('accounts.linkUnknown')}>
        {t('accounts.linkAgain')}
      </Notice>
      <Anchor href="/" underline="always">
        {t('shell.signIn')}
      </Anchor>
    </>
  )
}

function Choice({ token, invitation }: { token: string; invitation: InvitationView }) {
  const { t, nameOf } = useReader()
  const moment = useMoment()
  const [password, setPassword] = useState('')
  // The page is left for good, so that the link does not stay in the browser's history.
  const command = useCommand(
    (password: string) => http.post('/api/invitations/acceptance', { token, password }),
    () => location.replace('/'),
  )
  const { at, rest } = useFaults(command.problem, ['password'])
  if (rest?.code === 'link.unknown') return <LinkUnknown />
  return (
    <form onSubmit={(event: FormEvent) => (event.preventDefault(), void command.run(password))}>
      <Stack>
        <Text>{t('accounts.invited', { name: nameOf(invitation.name) })}</Text>
        <Text>{t('accounts.yourUserName', { userName: invitation.userName })}</Text>
        <Text size="sm" c="dimmed">
          {t('accounts.linkUntil', { until: moment(invitation.until) })}
        </Text>
        {invitation.resetsFactors && <Text>{t('accounts.resetsYours')}</Text>}
        {/* A password manager stores the new password under this name. */}
        <input type="text" name="userName" autoComplete="username" value={invitation.userName} readOnly hidden />
        <NewPassword value={password} onChange={setPassword} error={at('password')} focused />
        <ProblemNotice problem={rest} />
        <Button type="submit" loading={command.busy}>
          {t('accounts.accept')}
        </Button>
        <Providers invitation={token} />
      </Stack>
    </form>
  )
}
