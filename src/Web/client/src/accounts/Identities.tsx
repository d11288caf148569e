import { Button, Group, Loader, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { http } from '../api/http'
import type { ProviderView } from '../api/schema'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import { pageWithoutProblem, ProviderProblem } from '../viewer/Providers'
import { useMoment } from './grants'
import { needsPassword, PasswordDialog } from './PresentPassword'
import type { Identity, MyAccount } from './wire'

const address = '/api/me/identities'

/**
 * The institutions with which the person's account is connected, and those with which the person can connect it. Nothing is shown if there
 * is no institution.
 * @param part Draws the frame and the title.
 */
export function Identities({ account, part }: { account: MyAccount; part: (body: ReactNode) => ReactNode }) {
  const { t, nameOf } = useReader()
  const moment = useMoment()
  const providers = useResource<ProviderView[]>('/api/session/providers')
  const { data, error, mutate } = useResource<Identity[]>(address)
  const { withFactor, factorDialog } = useFactorAgain()
  const [asked, setAsked] = useState<string>()
  const begin = (provider: string, password?: string) =>
    http.post<{ address: string }>(address, { provider, returnUrl: pageWithoutProblem(), password })
  const leave = ({ address }: { address: string }) => location.assign(address)
  const connect = useCommand((provider: string) => withFactor(() => begin(provider)), leave)
  const disconnect = useCommand(
    (issuer: string) => withFactor(() => http.delete(`${address}?issuer=${encodeURIComponent(issuer)}`)),
    () => mutate(),
  )
  const open = providers.data?.filter(({ name }) => !data?.some((identity) => identity.provider === name)) ?? []
  if (!data?.length && !providers.data?.length) return <ProviderProblem />
  return part(
    <Stack gap="sm">
      <ProviderProblem />
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      <ProblemNotice problem={connect.problem ?? disconnect.problem} />
      {!data && !error && <Loader aria-label={t('shell.loading')} />}
      {data?.length === 0 && <Text c="dimmed">{t('providers.none')}</Text>}
      {data?.map(({ issuer, label, linkedAt }) => (
        <Group key={issuer} justify="space-between">
          <div>
            <Text fw={600}>
              <bdi>{nameOf(label)}</bdi>
            </Text>
            <Text size="sm" c="dimmed">
              {t('providers.since', { when: moment(linkedAt) })}
            </Text>
          </div>
          <Button
            variant="default"
            size="xs"
            loading={disconnect.input === issuer}
            aria-label={t('providers.disconnectFrom', { institution: nameOf(label) })}
            onClick={() => void disconnect.run(issuer)}
          >
            {t('providers.disconnect')}
          </Button>
        </Group>
      ))}
      {data && open.length > 0 && (
        <Group>
          {open.map(({ name, label }) => (
            <Button
              key={name}
              variant="default"
              loading={connect.input === name}
              onClick={() => (needsPassword(account) ? setAsked(name) : void connect.run(name))}
            >
              {t('providers.connect', { institution: nameOf(label) })}
            </Button>
          ))}
        </Group>
      )}
      {asked && (
        <PasswordDialog
          account={account}
          title={t('providers.connect', { institution: nameOf(open.find(({ name }) => name === asked)?.label ?? { en: asked }) })}
          send={(password) => begin(asked, password)}
          done={leave}
          close={() => setAsked(undefined)}
        />
      )}
      {factorDialog}
    </Stack>,
  )
}
