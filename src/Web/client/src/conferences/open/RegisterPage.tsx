import { Anchor, Button, Center, Loader, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Link, useParams } from 'wouter'
import { useFaults } from '../../accounts/faults'
import { useMoment } from '../../accounts/grants'
import { NewPassword } from '../../accounts/NewPassword'
import { http, Problem } from '../../api/http'
import type { PublicProgramme } from '../../api/schema'
import { useResource } from '../../api/useResource'
import { Notice } from '../../commands/Notice'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useCommand } from '../../commands/useCommand'
import { useReader } from '../../i18n'
import { useTitle } from '../../shell/title'
import { zoneCity } from '../../time/format'
import { Entrance } from '../../viewer/Entrance'
import { useSignedIn } from '../../viewer/useViewer'

/** People open an account for themselves here, to attend a conference whose organiser allows it. */
export default function RegisterPage() {
  const { id } = useParams<{ id: string }>()
  const { t } = useReader()
  const { data, error, mutate } = useResource<PublicProgramme>(`/api/public/conferences/${id}`)
  useTitle(data && t('registration.pageOf', { title: data.title }))
  return (
    <Entrance>
      <Paper withBorder p="lg" radius="md">
        {data ? (
          <Stack>
            <div>
              <Text c="dimmed">{t('registration.title')}</Text>
              <Title order={1} size="h2">
                <bdi>{data.title}</bdi>
              </Title>
              {data.subtitle && (
                <Text>
                  <bdi>{data.subtitle}</bdi>
                </Text>
              )}
            </div>
            <Offer programme={data} reread={() => void mutate()} />
          </Stack>
        ) : error ? (
          <Stack>
            {error.status === 0 || error.status >= 500 ? (
              <ProblemNotice problem={error} title={t('shell.notRead')} />
            ) : (
              <>
                <Notice kind="refusal" role="alert" title={t('registration.notHere')}>
                  {t('open.notOpen')}
                </Notice>
                {/* People of the network can read the programme and register, also if it is not open to everybody. */}
                <SignIn conference={id} />
              </>
            )}
          </Stack>
        ) : (
          <Center h={120}>
            <Loader aria-label={t('shell.loading')} />
          </Center>
        )}
      </Paper>
    </Entrance>
  )
}

function Offer({ programme, reread }: { programme: PublicProgramme; reread: () => void }) {
  const { t, nameOf, locale } = useReader()
  const { data: viewer } = useSignedIn()
  const moment = useMoment(programme.timeZone)
  const zone = t('board.zoneHint', { zone: zoneCity(programme.timeZone, locale) })
  const [other, setOther] = useState(false)
  const { id, registration, registrationUntil } = programme
  if (viewer && !other)
    return (
      <>
        <Text role="status">{t('registration.signedInAs', { name: nameOf(viewer.name) })}</Text>
        <Button component={Link} href={`/conferences/${id}`}>
          {t('registration.toProgramme')}
        </Button>
        {registration === 'open' && (
          <Anchor component="button" type="button" ta="start" underline="always" size="sm" onClick={() => setOther(true)}>
            {t('registration.other')}
          </Anchor>
        )}
      </>
    )
  if (registration !== 'open')
    return (
      <>
        <Notice kind="refusal" role="status" title={t(`registration.${registration}`)}>
          {registration === 'over' && registrationUntil
            ? t('registration.overWhy', { until: moment(registrationUntil), zone })
            : t(registration === 'full' ? 'registration.fullWhy' : 'registration.closedWhy')}
        </Notice>
        <Anchor component={Link} href={`/public/${id}`} underline="always">
          {t('registration.readOn')}
        </Anchor>
        <SignIn conference={id} />
      </>
    )
  return (
    <>
      <Text>
        {t('registration.what')} {registrationUntil && t('registration.untilThen', { until: moment(registrationUntil), zone })}
      </Text>
      <RegisterForm conference={id} reread={reread} />
      {!viewer && <SignIn conference={id} />}
    </>
  )
}

/** For people who have an account already. The programme's page asks them to sign in. */
function SignIn({ conference }: { conference: string }) {
  const { t } = useReader()
  return (
    <Text size="sm">
      {t('registration.already')}{' '}
      <Anchor href={`/conferences/${conference}`} underline="always" inherit>
        {t('registration.signIn')}
      </Anchor>
    </Text>
  )
}

/** The codes with which the hub says that registration has ended since the page was read. */
const ended = new Set(['registration.closed', 'registration.over', 'registration.full'])

function RegisterForm({ conference, reread }: { conference: string; reread: () => void }) {
  const { t } = useReader()
  const [name, setName] = useState('')
  const [userName, setUserName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const command = useCommand(
    async (input: { name: string; userName: string; email: string | null; password: string }) => {
      try {
        await http.post('/api/registrations', { conference, ...input })
      } catch (error) {
        if (error instanceof Problem && ended.has(error.code)) reread()
        throw error
      }
    },
    // The page is replaced in the browser's history, so that Back does not lead to a form that was already sent.
    () => location.replace(`/conferences/${conference}`),
  )
  const { at, rest } = useFaults(command.problem, ['name', 'userName', 'email', 'password'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void command.run({ name: name.trim(), userName: userName.trim(), email: email.trim() || null, password })
  }
  return (
    <form onSubmit={submit} data-register>
      <Stack>
        <TextInput
          name="name"
          required
          autoFocus
          autoComplete="name"
          maxLength={120}
          dir="auto"
          label={t('accounts.name')}
          description={t('registration.nameHint')}
          value={name}
          error={at('name')}
          errorProps={{ role: 'alert' }}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <TextInput
          name="userName"
          required
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          label={t('shell.userName')}
          description={t('accounts.userNameHint')}
          value={userName}
          error={at('userName')}
          errorProps={{ role: 'alert' }}
          onChange={(e) => setUserName(e.currentTarget.value)}
        />
        <TextInput
          name="email"
          type="email"
          autoComplete="email"
          maxLength={254}
          label={t('accounts.email')}
          description={t('registration.emailHint')}
          value={email}
          error={at('email')}
          errorProps={{ role: 'alert' }}
          onChange={(e) => setEmail(e.currentTarget.value)}
        />
        <NewPassword value={password} onChange={setPassword} error={at('password')} />
        <ProblemNotice problem={rest} />
        <Button type="submit" loading={command.busy}>
          {t('registration.send')}
        </Button>
      </Stack>
    </form>
  )
}
