import { Badge, Button, Container, Group, MultiSelect, Paper, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { http } from '../api/http'
import type { Hospital, NetworkView } from '../api/schema'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import { useHubAddress } from '../viewer/useViewer'
import { CommandForm } from './CommandForm'
import { useMoment, useScopeText } from './grants'
import { SecretText } from './SecretText'
import { useForm } from './useForm'
import { useReach } from './useReach'
import type { DeviceLink, DeviceView } from './wire'

const address = '/api/device-links'
const board = '/board'

interface Draft {
  readonly name: string
  readonly network: string
  readonly hospitals: readonly string[]
  readonly page: string
}

/** Wall displays and kiosks: makes the links with which they sign in, and lists them. */
export default function DeviceLinks() {
  const { t } = useReader()
  const { data, error, mutate } = useResource<DeviceView[]>(address)
  const { withFactor, factorDialog } = useFactorAgain()
  const [made, setMade] = useState<DeviceLink>()
  const shown = (link: DeviceLink) => (setMade(link), mutate())
  const renew = useCommand((person: string) => withFactor(() => http.post<DeviceLink>(`${address}/${person}`, { page: board })), shown)
  const turn = useCommand(
    ({ person, active }: { person: string; active: boolean }, commandId) =>
      withFactor(() => http.put(`/api/people/${person}/activation`, { commandId, active })),
    () => mutate(),
  )
  return (
    <Container size="md" py="md">
      <Stack>
        <Title order={1} size="h2">
          {t('devices.title')}
        </Title>
        <Text>{t('devices.about')}</Text>
        <NewDevice done={shown} />
        {made && <MadeLink made={made} />}
        <ProblemNotice problem={error} title={t('shell.notRead')} />
        <ProblemNotice problem={renew.problem ?? turn.problem} />
        {data?.length === 0 && <Text c="dimmed">{t('devices.none')}</Text>}
        {data?.map((device) => (
          <Device
            key={device.person}
            device={device}
            busy={renew.busy || turn.busy}
            renew={() => void renew.run(device.person)}
            turn={() => void turn.run({ person: device.person, active: device.deactivated })}
          />
        ))}
      </Stack>
      {factorDialog}
    </Container>
  )
}

function MadeLink({ made }: { made: DeviceLink }) {
  const { t } = useReader()
  const moment = useMoment()
  const hub = useHubAddress()
  return (
    <Paper withBorder p="md" radius="md" data-link>
      <SecretText
        label={t('devices.link')}
        description={t('devices.linkUntil', { until: moment(made.until) })}
        value={new URL(made.link, `${hub}/`).href}
      />
    </Paper>
  )
}

function NewDevice({ done }: { done: (link: DeviceLink) => unknown }) {
  const { t, nameOf } = useReader()
  const { network: own } = useReach()
  const networks = useResource<NetworkView[]>('/api/networks')
  const first = own ?? networks.data?.[0]?.network.id ?? ''
  const [draft, setDraft] = useState<Draft>({ name: '', network: '', hospitals: [], page: board })
  const network = draft.network || first
  const hospitals = useResource<Hospital[]>(network ? `/api/hospitals?network=${network}` : null)
  const command = useForm(
    (input: Draft, commandId) => http.post<DeviceLink>(address, { commandId, ...input }),
    (link) => (setDraft({ ...draft, name: '' }), done(link)),
    ['name', 'network', 'page'],
  )
  const name = draft.name.trim()
  return (
    <CommandForm
      command={command}
      send={() => void (network && name && command.run({ ...draft, network, name }))}
      act={t('devices.make')}
      disabled={!network || !name}
      data-new-device
    >
      <TextInput
        name="name"
        required
        maxLength={120}
        label={t('devices.name')}
        description={t('devices.nameHint')}
        value={draft.name}
        error={command.at('name')}
        onChange={(e) => setDraft({ ...draft, name: e.currentTarget.value })}
      />
      {!own && (
        <Select
          label={t('devices.network')}
          data={(networks.data ?? []).map((view) => ({ value: view.network.id, label: nameOf(view.network.name) }))}
          value={network}
          error={command.at('network')}
          onChange={(value) => setDraft({ ...draft, network: value ?? '', hospitals: [] })}
        />
      )}
      <MultiSelect
        label={t('devices.hospitals')}
        description={t('devices.hospitalsHint')}
        data={(hospitals.data ?? []).map((hospital) => ({ value: hospital.id, label: nameOf(hospital.name) }))}
        value={[...draft.hospitals]}
        onChange={(value) => setDraft({ ...draft, hospitals: value })}
      />
      <TextInput
        name="page"
        required
        dir="ltr"
        maxLength={200}
        label={t('devices.page')}
        description={t('devices.pageHint')}
        value={draft.page}
        error={command.at('page')}
        onChange={(e) => setDraft({ ...draft, page: e.currentTarget.value })}
      />
    </CommandForm>
  )
}

function Device({ device, busy, renew, turn }: { device: DeviceView; busy: boolean; renew: () => void; turn: () => void }) {
  const { t, nameOf } = useReader()
  const moment = useMoment()
  const where = useScopeText(device.grants[0]?.scope ?? { network: null, hospitals: [], partner: null, conference: null, session: null })
  const state = device.deactivated ? 'off' : device.signedInUntil ? 'signedIn' : device.linkUntil ? 'waiting' : 'signedOut'
  return (
    <Paper withBorder p="md" radius="md" data-device={device.person}>
      <Group justify="space-between" align="start">
        <Stack gap={4} miw={0} flex="1 1 16rem">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{nameOf(device.name)}</bdi>
          </Text>
          <Badge variant="default" tt="none" fw={500}>
            {t(`devices.${state}`)}
          </Badge>
          <Text size="sm">{where}</Text>
          {device.seenAt && <Text size="sm">{t('devices.seen', { at: moment(device.seenAt), address: device.address ?? '' })}</Text>}
        </Stack>
        <Group gap="xs">
          {!device.deactivated && (
            <Button variant="default" size="xs" disabled={busy} onClick={renew}>
              {t('devices.renew')}
            </Button>
          )}
          <Button variant="default" size="xs" disabled={busy} onClick={turn}>
            {t(device.deactivated ? 'devices.turnOn' : 'devices.turnOff')}
          </Button>
        </Group>
      </Group>
    </Paper>
  )
}
