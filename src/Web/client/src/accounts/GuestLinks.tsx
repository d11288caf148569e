import { Badge, Button, Group, Loader, Paper, Stack, Text, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { http } from '../api/http'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import { DateTimeField } from '../time/DateTimeField'
import { day, hour, instantOf, localOf, zoneCity } from '../time/format'
import { useHubAddress } from '../viewer/useViewer'
import { CommandForm } from './CommandForm'
import { useMoment } from './grants'
import type { GuestSession } from './guests'
import { SecretText } from './SecretText'
import { Sure } from './Sure'
import { useForm } from './useForm'
import type { GuestLink, GuestView } from './wire'

const address = '/api/guest-links'

interface Made {
  readonly name: string
  readonly link: GuestLink
}

/**
 * The guest speakers of a session: makes the links with which they sign in, lists them, and withdraws them. When a guest is removed, the
 * focus moves to what is left.
 */
export function GuestLinks({ of }: { of: GuestSession }) {
  const { t } = useReader()
  const at = `${address}?conference=${encodeURIComponent(of.conference)}&session=${encodeURIComponent(of.session)}`
  const { data, error, mutate } = useResource<GuestView[]>(at)
  const [made, setMade] = useState<Made>()
  const about = useRef<HTMLParagraphElement>(null)
  const gone = async (person: string) => {
    setMade((link) => (link?.link.person === person ? undefined : link))
    await mutate()
    about.current?.focus()
  }
  return (
    <Stack gap="md" data-guests>
      <Text size="sm" ref={about} tabIndex={-1}>
        {t('guests.about')}
      </Text>
      {made && <MadeLink made={made} zone={of.zone} />}
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      {!data && !error && <Loader aria-label={t('shell.loading')} />}
      {data?.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          {t('guests.none')}
        </Text>
      )}
      {data && data.length > 0 && (
        <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
          {data.map((guest) => (
            <Guest key={guest.person} guest={guest} zone={of.zone} gone={() => gone(guest.person)} />
          ))}
        </Stack>
      )}
      <NewGuest of={of} done={(link) => (setMade(link), void mutate())} />
    </Stack>
  )
}

function MadeLink({ made: { name, link }, zone }: { made: Made; zone: string }) {
  const { t } = useReader()
  const moment = useMoment(zone)
  const hub = useHubAddress()
  return (
    <Paper withBorder p="sm" radius="md" role="status" data-link>
      <SecretText
        label={t('guests.linkFor', { name })}
        description={t('guests.linkUntil', { until: moment(link.until) })}
        value={new URL(link.link, `${hub}/`).href}
      />
    </Paper>
  )
}

function Guest({ guest, zone, gone }: { guest: GuestView; zone: string; gone: () => unknown }) {
  const { t, nameOf } = useReader()
  const moment = useMoment(zone)
  const [asked, setAsked] = useState<boolean>()
  const command = useCommand(() => http.delete(`${address}/${encodeURIComponent(guest.person)}`), gone)
  return (
    <Paper component="li" withBorder p="sm" radius="md" data-guest={guest.person}>
      <Group justify="space-between" gap="xs" align="start">
        <div style={{ minWidth: 0, flex: '1 1 10rem' }}>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{nameOf(guest.name)}</bdi>
          </Text>
          <Text size="sm">{t('guests.validUntil', { until: moment(guest.until) })}</Text>
          <Badge mt={4} variant="default" tt="none" fw={500}>
            {t(guest.signedIn ? 'guests.signedIn' : 'guests.notYet')}
          </Badge>
        </div>
        {!asked && (
          <Button
            variant="default"
            size="xs"
            autoFocus={asked === false}
            aria-label={t('guests.withdrawNamed', { name: nameOf(guest.name) })}
            onClick={() => setAsked(true)}
          >
            {t('guests.withdraw')}
          </Button>
        )}
      </Group>
      {asked && (
        <Sure
          text={t('guests.withdrawWhat')}
          keep={t('guests.keep')}
          act={t('guests.withdraw')}
          busy={command.busy}
          answer={(sure) => (sure ? void command.run() : setAsked(false))}
        />
      )}
      <ProblemNotice problem={command.problem} />
    </Paper>
  )
}

/** A guest stays for some hours after the session, to answer questions. Without a time, or after it, the link is valid for a week. */
const usualEnd = (end: number | null, now: number) => Math.ceil((end && end > now ? end + 3 * hour : now + 7 * day) / hour) * hour

function NewGuest({ of, done }: { of: GuestSession; done: (made: Made) => void }) {
  const { t, locale } = useReader()
  const [name, setName] = useState('')
  const [until, setUntil] = useState(() => localOf(usualEnd(of.end, Date.now()), of.zone))
  const command = useForm(
    async (input: { conference: string; session: string; name: string; until: string }, commandId) => ({
      name: input.name,
      link: await http.post<GuestLink>(address, { commandId, ...input }),
    }),
    (made: Made) => (setName(''), done(made)),
    ['name', 'until'],
  )
  const fault = command.at('until')
  const send = () =>
    void (
      until &&
      command.run({
        conference: of.conference,
        session: of.session,
        name: name.trim(),
        until: new Date(instantOf(until, of.zone)).toISOString(),
      })
    )
  return (
    <CommandForm command={command} send={send} act={t('guests.make')} data-new-guest>
      <TextInput
        name="guest"
        required
        maxLength={120}
        dir="auto"
        autoComplete="off"
        label={t('guests.name')}
        description={t('guests.nameHint')}
        value={name}
        error={command.at('name')}
        errorProps={{ role: 'alert' }}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <DateTimeField
        step={30}
        required
        label={t('guests.until')}
        description={t('guests.untilHint', { zone: t('board.zoneHint', { zone: zoneCity(of.zone, locale) }) })}
        value={until}
        error={fault && command.problem?.code === 'role.bad-period' ? t('guests.badUntil') : fault}
        onChange={setUntil}
      />
    </CommandForm>
  )
}
