import { Button, List, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { useHash } from '@mantine/hooks'
import { type FormEvent, useState } from 'react'
import { http } from '../api/http'
import { Notice } from '../commands/Notice'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import { Entrance } from '../viewer/Entrance'
import { useFaults } from './faults'
import { NewPassword } from './NewPassword'

/** Makes the hub's first account, for the holder of the link that the hub prints when it starts. */
export default function SetupPage() {
  const { t } = useReader()
  const [hash] = useHash({ getInitialValueInEffect: false })
  const token = hash.replace(/^#/, '')
  const [name, setName] = useState('')
  const [userName, setUserName] = useState('')
  const [password, setPassword] = useState('')
  // The page is left for good, so that the link does not stay in the browser's history. The second factor is set up there.
  const command = useCommand(
    () => http.post('/api/setup', { token, userName: userName.trim(), password, name: name.trim() }),
    () => location.replace('/account'),
  )
  const { at, rest } = useFaults(command.problem, ['name', 'userName', 'password'])
  const unknown = !token || rest?.code === 'link.unknown'
  return (
    <Entrance>
      <Paper withBorder p="lg" radius="md">
        <form onSubmit={(event: FormEvent) => (event.preventDefault(), void command.run())}>
          <Stack>
            <Title order={1} size="h2">
              {t('accounts.setup')}
            </Title>
            <Text>{t('accounts.setupText')}</Text>
            <div>
              <Text fw={600} id="able">
                {t('accounts.setupAble')}
              </Text>
              <List size="sm" aria-labelledby="able">
                <List.Item>{t('accounts.setupInvites')}</List.Item>
                <List.Item>{t('accounts.setupGives')}</List.Item>
                <List.Item>{t('accounts.setupSeesNot')}</List.Item>
              </List>
            </div>
            <TextInput
              name="name"
              label={t('accounts.name')}
              autoComplete="name"
              dir="auto"
              required
              maxLength={120}
              value={name}
              onChange={(e) => setName(e.currentTarget.value)}
              error={at('name')}
              errorProps={{ role: 'alert' }}
            />
            <TextInput
              name="userName"
              label={t('shell.userName')}
              description={t('accounts.userNameHint')}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              maxLength={64}
              value={userName}
              onChange={(e) => setUserName(e.currentTarget.value)}
              error={at('userName')}
              errorProps={{ role: 'alert' }}
            />
            <NewPassword value={password} onChange={setPassword} error={at('password')} />
            {unknown ? (
              <Notice kind="refusal" role="alert" title={t('accounts.linkUnknown')}>
                {t('accounts.setupLinkAgain')}
              </Notice>
            ) : (
              <ProblemNotice problem={rest} />
            )}
            <Text size="sm" c="dimmed">
              {t('accounts.setupNext')}
            </Text>
            <Button type="submit" loading={command.busy} disabled={!token}>
              {t('accounts.setupMake')}
            </Button>
          </Stack>
        </form>
      </Paper>
    </Entrance>
  )
}
