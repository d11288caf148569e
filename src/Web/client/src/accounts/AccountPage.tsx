import { Anchor, Button, Center, Container, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { Link } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { useResource } from '../api/useResource'
import { Notice } from '../commands/Notice'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import { LanguageMenu, ThemeMenu } from '../preferences/Preferences'
import { NoNetworkYet } from '../viewer/NoNetworkYet'
import { useAskAgain, useViewer } from '../viewer/useViewer'
import classes from './Accounts.module.css'
import { GrantList } from './GrantList'
import { Identities } from './Identities'
import { OwnFactor } from './OwnFactor'
import { OwnPassword } from './OwnPassword'
import { OwnSignIns } from './OwnSignIns'
import { Tokens } from './Tokens'
import type { MyAccount } from './wire'

/** The person's own account: roles, password, second factor and signed-in devices. */
export default function AccountPage() {
  const { t, nameOf } = useReader()
  const { factor } = useViewer()
  const wanted = useHistoryState<{ wanted?: string } | null>()?.wanted
  const { data, error, mutate } = useResource<MyAccount>('/api/me')
  return (
    <Container size="sm" py="md">
      <Stack gap="lg">
        <Title order={1} size="h2">
          {t('accounts.mine')}
        </Title>
        {factor === 'missing' && (data && (data.totp || data.passkeys > 0) ? <GiveFactor /> : <FactorMissing />)}
        <ProblemNotice problem={error} title={t('shell.notRead')} />
        {!data && !error && (
          <Center h={120}>
            <Loader aria-label={t('shell.loading')} />
          </Center>
        )}
        {data && (
          <>
            <div>
              <Text fw={600} size="lg">
                <bdi>{nameOf(data.name)}</bdi>
              </Text>
              <Text c="dimmed" className={classes.long}>
                {t('accounts.yourUserName', { userName: data.userName })}
              </Text>
              {data.email && (
                <Text c="dimmed" className={classes.long}>
                  <bdi>{data.email}</bdi>
                </Text>
              )}
            </div>
            <Part title={t('accounts.factor')}>
              <OwnFactor account={data} changed={() => mutate()}>
                {factor !== 'missing' && wanted && (
                  <Anchor component={Link} href={wanted} underline="always">
                    {t('accounts.goOnThere')}
                  </Anchor>
                )}
                {!wanted && <NoNetworkYet />}
              </OwnFactor>
            </Part>
            <Part title={t('accounts.roles')}>
              <GrantList grants={data.roles} />
            </Part>
            <Part title={t('accounts.changePassword')}>
              <OwnPassword userName={data.userName} />
            </Part>
            <Identities account={data} part={(body) => <Part title={t('providers.title')}>{body}</Part>} />
            <Part title={t('accounts.devices')}>
              <OwnSignIns />
            </Part>
            {factor !== 'missing' && (
              <Part title={t('tokens.title')}>
                <Tokens roles={data.roles} />
              </Part>
            )}
          </>
        )}
        <Part title={t('accounts.preferences')}>
          <Group>
            <LanguageMenu />
            <ThemeMenu />
          </Group>
        </Part>
      </Stack>
    </Container>
  )
}

function FactorMissing() {
  const { t } = useReader()
  return (
    <Notice kind="warning" role="status" title={t('accounts.factorMissing')}>
      {t('accounts.factorMissingWhy')}
    </Notice>
  )
}

/** Asks for the second factor of a person who has one and has signed in without it, for example at an institution. */
function GiveFactor() {
  const { t } = useReader()
  const askAgain = useAskAgain()
  const { askFactor, factorDialog } = useFactorAgain()
  const ask = async () => {
    if (await askFactor()) await askAgain()
  }
  return (
    <Notice kind="warning" role="status" title={t('passkeys.notGiven')}>
      <Stack gap="sm" align="start">
        <Text size="sm">{t('passkeys.notGivenWhy')}</Text>
        <Button onClick={() => void ask()}>{t('passkeys.giveFactor')}</Button>
      </Stack>
      {factorDialog}
    </Notice>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-labelledby={id}>
      <Title order={2} size="h4" mb="sm" id={id}>
        {title}
      </Title>
      {children}
    </Paper>
  )
}
