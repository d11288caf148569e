import {
  Anchor,
  Button,
  Center,
  Checkbox,
  Container,
  Group,
  Loader,
  Pagination,
  Select,
  Table,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconMailForward, IconSearch, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { useResource } from '../api/useResource'
import tables from '../certificates/Table.module.css'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { useNow } from '../time/useNow'
import { NoNetworkYet } from '../viewer/NoNetworkYet'
import classes from './Accounts.module.css'
import { AccountState } from './AccountState'
import { stateOf, useScopeText } from './grants'
import { ChoiceBar, mostChosen } from './ChoiceBar'
import { InviteDialog } from './InviteDialog'
import { InviteManyDialog } from './InviteManyDialog'
import { MailTrouble } from './MailTrouble'
import { useReach } from './useReach'
import type { Account, Grant, PeoplePage as Found, RoleView } from './wire'

const rowsOnPage = 50

/** All people with an account, and their roles. The search, the role and the page are in the address, so that Back works. */
export default function PeoplePage() {
  const { t, word } = useReader()
  const [, go] = useLocation()
  const query = useSearch()
  const asked = new URLSearchParams(query)
  const search = asked.get('search') ?? ''
  const role = asked.get('role')
  const page = Math.max(1, Number(asked.get('page')) || 1)
  const { network, everywhere } = useReach()
  const [typed, setTyped] = useState(search)
  const [told, setTold] = useState(search)
  const [inviting, setInviting] = useState(false)
  const choosing = asked.get('choose') === '1'
  const onlyNew = choosing && asked.get('new') !== '0'
  const [chosen, setChosen] = useState<ReadonlyMap<string, Account>>(new Map())
  const [sending, setSending] = useState(false)
  const choose = (account: Account, wanted: boolean) => {
    const next = new Map(chosen)
    if (wanted) next.set(account.person, account)
    else next.delete(account.person)
    setChosen(next)
  }
  // The address may change without the field, for example when the person goes back.
  if (search !== told) {
    setTold(search)
    if (search !== typed.trim()) setTyped(search)
  }
  const show = (change: Record<string, string | null>) => {
    const next = new URLSearchParams(location.search)
    next.delete('page')
    for (const [name, value] of Object.entries(change))
      if (value) next.set(name, value)
      else next.delete(name)
    const text = next.toString()
    go(`/accounts${text && `?${text}`}`, { replace: !('page' in change) })
  }
  const find = useDebouncedCallback((text: string) => show({ search: text.trim() }), 250)
  const filter = {
    ...(search && { search }),
    ...(role && { role }),
    ...(network && { network }),
    ...(onlyNew && { invitable: 'true' }),
  }
  const wanted = new URLSearchParams({
    ...filter,
    skip: `${(page - 1) * rowsOnPage}`,
    take: `${rowsOnPage}`,
  })
  const { data, error, mutate } = useResource<Found>(`/api/people?${wanted}`)
  const roles = useResource<RoleView[]>('/api/roles')
  const pages = Math.ceil((data?.total ?? 0) / rowsOnPage)
  return (
    <Container size="lg" py="md">
      <Group justify="space-between" mb="md">
        <Title order={1} size="h2">
          {t('accounts.title')}
        </Title>
        <Group gap="xs">
          {!choosing && (
            <Button
              variant="default"
              leftSection={<IconMailForward size={18} aria-hidden />}
              onClick={() => (setChosen(new Map()), show({ choose: '1' }))}
            >
              {t('mail.many')}
            </Button>
          )}
          <Button data-do="invite" leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => setInviting(true)}>
            {t('accounts.invite')}
          </Button>
        </Group>
      </Group>
      {everywhere && <MailTrouble />}
      {everywhere && <NoNetworkYet />}
      <Group mb="sm" align="end">
        <TextInput
          type="search"
          name="search"
          flex="1 1 14rem"
          maw={{ base: '100%', xs: 360 }}
          label={t('accounts.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(e) => (setTyped(e.currentTarget.value), find(e.currentTarget.value))}
        />
        <Select
          label={t('accounts.role')}
          flex="1 1 14rem"
          maw={{ base: '100%', xs: 260 }}
          clearable
          placeholder={t('accounts.anyRole')}
          clearButtonProps={{ 'aria-label': t('accounts.anyRole') }}
          data={(roles.data ?? []).map((view) => ({ value: view.role, label: word('roles', view.role) }))}
          value={role}
          onChange={(value) => show({ role: value })}
        />
      </Group>
      <Anchor component={Link} href="/devices" underline="always" display="inline-block" mb="sm">
        {t('devices.show')}
      </Anchor>
      {choosing && (
        <ChoiceBar
          filter={filter}
          total={data?.total ?? 0}
          onlyNew={onlyNew}
          setOnlyNew={(only) => show({ new: only ? null : '0' })}
          chosen={chosen}
          setChosen={setChosen}
          goOn={() => setSending(true)}
          finish={() => (setChosen(new Map()), show({ choose: null, new: null }))}
        />
      )}
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      {!data && !error && (
        <Center h={120}>
          <Loader aria-label={t('shell.loading')} />
        </Center>
      )}
      {data && (
        <>
          <Text size="sm" c="dimmed" mb="xs" role="status">
            {data.total === 0
              ? t(search || role || onlyNew ? 'accounts.nobodyFound' : 'accounts.nobody')
              : t('accounts.people', { count: data.total })}
          </Text>
          {data.people.length > 0 && (
            <div className={tables.scroll} tabIndex={0} role="group" aria-label={t('accounts.title')}>
              <Table className={`${tables.table} ${tables.cards} ${tables.lines}`}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col" w="28%">
                      {t('accounts.name')}
                    </Table.Th>
                    <Table.Th scope="col" w="20%">
                      {t('shell.userName')}
                    </Table.Th>
                    <Table.Th scope="col">{t('accounts.roles')}</Table.Th>
                    <Table.Th scope="col">{t('accounts.state')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {data.people.map((account) => (
                    <PersonRow
                      key={account.person}
                      account={account}
                      chosen={choosing ? chosen.has(account.person) : undefined}
                      full={chosen.size >= mostChosen}
                      choose={(wanted) => choose(account, wanted)}
                    />
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          )}
          {pages > 1 && (
            <Pagination
              mt="md"
              total={pages}
              value={Math.min(page, pages)}
              onChange={(next) => show({ page: next > 1 ? `${next}` : null })}
              getItemProps={(number) => ({ 'aria-label': t('accounts.page', { number }) })}
              getControlProps={(control) => ({ 'aria-label': t(control === 'previous' ? 'accounts.previousPage' : 'accounts.nextPage') })}
            />
          )}
        </>
      )}
      {sending && (
        <InviteManyDialog
          people={[...chosen.values()]}
          close={() => setSending(false)}
          done={() => (setChosen(new Map()), void mutate())}
        />
      )}
      {inviting && <InviteDialog close={() => setInviting(false)} done={() => void mutate()} />}
    </Container>
  )
}

interface RowProps {
  readonly account: Account
  /** Whether this person is chosen. Undefined if the reader is not choosing people. */
  readonly chosen: boolean | undefined
  /** Whether as many people are chosen as possible. */
  readonly full: boolean
  readonly choose: (wanted: boolean) => void
}

function PersonRow({ account, chosen, full, choose }: RowProps) {
  const { t, nameOf } = useReader()
  const now = useNow()
  const grants = account.grants.filter((grant) => stateOf(grant, now) !== 'over')
  const shown = grants.slice(0, 3)
  return (
    <Table.Tr className={classes.row} data-person={account.person}>
      <Table.Th scope="row">
        <Group gap="sm" wrap="nowrap">
          {chosen !== undefined && (
            <Checkbox
              className={classes.choice}
              aria-label={t('mail.choose', { name: nameOf(account.name) })}
              disabled={full && !chosen}
              checked={chosen}
              onChange={(e) => choose(e.currentTarget.checked)}
            />
          )}
          <Anchor component={Link} href={`/accounts/${encodeURIComponent(account.person)}`} inherit underline="always">
            <bdi>{nameOf(account.name)}</bdi>
          </Anchor>
        </Group>
      </Table.Th>
      <Table.Td data-label={t('shell.userName')}>
        <bdi className={classes.long}>{account.userName}</bdi>
      </Table.Td>
      <Table.Td data-label={t('accounts.roles')}>
        {grants.length === 0 && t('accounts.noRoles')}
        {shown.map((grant) => (
          <GrantLine key={grant.id} grant={grant} />
        ))}
        {grants.length > shown.length && <Text size="sm">{t('accounts.moreRoles', { count: grants.length - shown.length })}</Text>}
      </Table.Td>
      <Table.Td data-label={t('accounts.state')}>
        <AccountState account={account} />
      </Table.Td>
    </Table.Tr>
  )
}

function GrantLine({ grant }: { grant: Grant }) {
  const { t, word } = useReader()
  // The list shows the conference only. The person's own page also shows the session.
  const where = useScopeText({ ...grant.scope, session: null })
  return <Text size="sm">{t('accounts.roleWhere', { role: word('roles', grant.role), where })}</Text>
}
