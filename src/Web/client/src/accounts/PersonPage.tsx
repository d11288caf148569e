import { Anchor, Button, Center, Container, Group, Loader, Stack, Tabs, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { Link, useLocation, useParams, useSearch } from 'wouter'
import { useSWRConfig } from 'swr'
import { http } from '../api/http'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { useTitle } from '../shell/title'
import classes from './Accounts.module.css'
import { AccountState } from './AccountState'
import { AccessHistory } from './AccessHistory'
import { EditDialog } from './EditDialog'
import { GiveRoleDialog } from './GiveRoleDialog'
import { GrantList } from './GrantList'
import { LastMail, mailsOf } from './LastMail'
import { NewLinkDialog } from './NewLinkDialog'
import { PeriodDialog } from './PeriodDialog'
import { PersonSignIns } from './PersonSignIns'
import { ReasonDialog } from './ReasonDialog'
import { Rights } from './Rights'
import { Tokens } from './Tokens'
import type { Account, Grant } from './wire'

type Open = { readonly what: 'edit' | 'give' | 'link' | 'activation' } | { readonly what: 'take' | 'period'; readonly grant: Grant }

/** One person's account, as the people who are responsible for it see it. */
export default function PersonPage() {
  const { t, nameOf, word } = useReader()
  const { person } = useParams<{ person: string }>()
  const at = `/api/people/${encodeURIComponent(person)}`
  const { data: account, error, mutate } = useResource<Account>(at)
  const { mutate: renew } = useSWRConfig()
  const [open, setOpen] = useState<Open>()
  // The address contains the chosen part, so that a reload and a shared link show it.
  const [here, go] = useLocation()
  const tab = new URLSearchParams(useSearch()).get('show') ?? 'roles'
  const name = nameOf(account?.name)
  useTitle(name)
  if (!account)
    return (
      <Center h="60%">
        {error ? <ProblemNotice problem={error} title={t('shell.notRead')} /> : <Loader aria-label={t('shell.loading')} />}
      </Center>
    )
  const close = () => setOpen(undefined)
  const changed = (now: Account) => {
    void mutate(now, { revalidate: false })
    void renew(`${at}/rights`)
    void renew(`${at}/sign-ins`)
    close()
  }
  return (
    <Container size="md" py="md">
      <Anchor component={Link} href="/accounts" size="sm" underline="always">
        {t('accounts.back')}
      </Anchor>
      <Group justify="space-between" align="start" mb="md">
        <div style={{ minWidth: 0 }}>
          <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
            <bdi>{name}</bdi>
          </Title>
          <AccountState account={account} />
          <Text c="dimmed" className={classes.long}>
            {t('accounts.theirUserName', { userName: account.userName })}
          </Text>
          {account.email && (
            <Text c="dimmed" className={classes.long}>
              <bdi>{account.email}</bdi>
            </Text>
          )}
          <LastMail person={account.person} />
          {account.demo && <Text c="dimmed">{t('accounts.demo')}</Text>}
        </div>
        <Group gap="xs">
          <Button variant="default" data-do="edit" onClick={() => setOpen({ what: 'edit' })}>
            {t('accounts.edit')}
          </Button>
          <Button variant="default" data-do="link" onClick={() => setOpen({ what: 'link' })}>
            {t('accounts.newLink')}
          </Button>
          <Button variant="default" data-do="activation" onClick={() => setOpen({ what: 'activation' })}>
            {t(account.deactivated ? 'accounts.reactivate' : 'accounts.deactivate')}
          </Button>
        </Group>
      </Group>
      <Tabs
        value={tab}
        onChange={(next) => go(next && next !== 'roles' ? `${here}?show=${next}` : here, { replace: true })}
        keepMounted={false}
        classNames={{ tab: classes.tab }}
      >
        <Tabs.List>
          <Tabs.Tab value="roles">{t('accounts.roles')}</Tabs.Tab>
          <Tabs.Tab value="rights">{t('accounts.tabRights')}</Tabs.Tab>
          <Tabs.Tab value="devices">{t('accounts.tabDevices')}</Tabs.Tab>
          {account.kind === 'person' && <Tabs.Tab value="tokens">{t('accounts.tabTokens')}</Tabs.Tab>}
          <Tabs.Tab value="history">{t('accounts.history')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="roles" pt="md">
          <Stack gap="sm">
            <GrantList
              grants={account.grants}
              actions={(grant) => (
                <Group gap="xs">
                  {!grant.source && (
                    <Button
                      variant="default"
                      size="xs"
                      data-do="period"
                      aria-label={t('accounts.changePeriodNamed', { role: word('roles', grant.role) })}
                      onClick={() => setOpen({ what: 'period', grant })}
                    >
                      {t('accounts.changePeriod')}
                    </Button>
                  )}
                  <Button
                    variant="default"
                    size="xs"
                    data-do="take"
                    aria-label={t('accounts.takeRoleNamed', { role: word('roles', grant.role) })}
                    onClick={() => setOpen({ what: 'take', grant })}
                  >
                    {t('accounts.takeRole')}
                  </Button>
                </Group>
              )}
            />
            <Group>
              <Button data-do="give" onClick={() => setOpen({ what: 'give' })}>
                {t('accounts.giveRole')}
              </Button>
            </Group>
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="rights" pt="md">
          <Heading>{t('accounts.rights')}</Heading>
          <Rights account={account} />
        </Tabs.Panel>
        <Tabs.Panel value="devices" pt="md">
          <Heading>{t('accounts.devices')}</Heading>
          <PersonSignIns person={account.person} />
        </Tabs.Panel>
        <Tabs.Panel value="tokens" pt="md">
          <Heading>{t('tokens.title')}</Heading>
          <Tokens person={account.person} roles={account.grants} />
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="md">
          <AccessHistory account={account} />
        </Tabs.Panel>
      </Tabs>
      {open?.what === 'edit' && <EditDialog account={account} reread={() => void mutate()} close={close} done={changed} />}
      {open?.what === 'give' && <GiveRoleDialog account={account} close={close} done={changed} />}
      {open?.what === 'link' && <NewLinkDialog account={account} close={close} done={() => void renew(mailsOf(account.person))} />}
      {open?.what === 'activation' && (
        <ReasonDialog
          title={t(account.deactivated ? 'accounts.reactivateNamed' : 'accounts.deactivateNamed', { name })}
          text={t(account.deactivated ? 'accounts.reactivateWhat' : 'accounts.deactivateWhat')}
          act={t(account.deactivated ? 'accounts.reactivate' : 'accounts.deactivate')}
          send={(reason, commandId) => http.put<Account>(`${at}/activation`, { commandId, active: account.deactivated, reason })}
          close={close}
          done={changed}
        />
      )}
      {open?.what === 'period' && (
        <PeriodDialog account={account} grant={open.grant} reread={() => void mutate()} close={close} done={changed} />
      )}
      {open?.what === 'take' && (
        <ReasonDialog
          title={t('accounts.takeRoleNamed', { role: word('roles', open.grant.role) })}
          text={t('accounts.takeRoleWhat', { name, role: word('roles', open.grant.role) })}
          act={t('accounts.takeRole')}
          send={(reason) => http.delete<Account>(`/api/roles/${open.grant.id}?reason=${encodeURIComponent(reason)}`)}
          close={close}
          done={changed}
        />
      )}
    </Container>
  )
}

const Heading = ({ children }: { children: string }) => (
  <Title order={2} size="h4" mb="xs">
    {children}
  </Title>
)
