import { Alert, Badge, Stack, Text, TextInput, Title, UnstyledButton } from '@mantine/core'
import { IconLogout, IconSearch } from '@tabler/icons-react'
import { useState, useSyncExternalStore } from 'react'
import { http } from '../api/http'
import type { Pickable, Role, Specialty } from '../api/schema'
import { onSignedOut, whySignedOut } from '../api/signedOut'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'
import { Entrance } from './Entrance'
import { wasGuest } from './guest'
import { PasskeySignIn } from './PasskeySignIn'
import { PasswordForm } from './PasswordForm'
import { Providers } from './Providers'
import classes from './SignIn.module.css'

/** The demo's list of people, or else a user name and a password. The demo offers the list only to browsers on the hub's own machine. */
export default function SignIn() {
  const { t } = useReader()
  const people = useResource<Pickable[]>('/api/session/people')
  const why = useSyncExternalStore(onSignedOut, whySignedOut)
  const reason = reasons.find((code) => code === why)
  return (
    <Entrance>
      {reason && (
        <Alert color="orange" variant="light" role="status" mb="md" icon={<IconLogout aria-hidden />} data-why={reason}>
          {t(reason === 'session.deactivated' && wasGuest() ? 'guests.withdrawn' : `signedOut.${reason}`)}
        </Alert>
      )}
      {people.data ? <Picker people={people.data} /> : people.error ? <PasswordForm /> : null}
      <PasskeySignIn inField={!people.data && !!people.error} />
      <Providers />
    </Entrance>
  )
}

/** The codes for the end of a sign-in that the person should know about. */
const reasons = ['session.ended', 'session.expired', 'session.deactivated', 'role.lost', 'access.unconfirmed'] as const

const order: Role[] = [
  'coordinator',
  'attendee',
  'display',
  'administrator',
  'registrar',
  'programmeDirector',
  'reviewer',
  'supervisor',
  'trainee',
  'researchLead',
  'host',
  'speaker',
  'moderator',
  'captioner',
  'auditor',
  'consultant',
]

function Picker({ people }: { people: Pickable[] }) {
  const { t, word, nameOf } = useReader()
  const specialties = useResource<Specialty[]>('/api/specialties')
  const [text, setText] = useState('')
  const specialty = (code: string) => nameOf(specialties.data?.find((s) => s.code === code)?.name) || code
  const wanted = text.trim().toLocaleLowerCase()
  const matches = (person: Pickable) =>
    [
      person.name.en,
      person.name.ar,
      person.name.ko,
      ...person.specialties,
      ...person.specialties.map(specialty),
      word('roles', person.role),
    ].some((s) => s?.toLocaleLowerCase().includes(wanted))
  const shown = people.filter(matches)
  return (
    <Stack gap="md">
      <div>
        <Title order={1} size="h2">
          {t('shell.pickTitle')}
        </Title>
        <Text c="dimmed">{t('shell.pickText')}</Text>
      </div>
      <TextInput
        type="search"
        aria-label={t('shell.pickSearch')}
        placeholder={t('shell.pickSearch')}
        leftSection={<IconSearch size={16} />}
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
        autoFocus
      />
      {shown.length === 0 && <Text role="status">{t('shell.nobody', { text })}</Text>}
      {order
        .filter((role) => shown.some((p) => p.role === role))
        .map((role) => (
          <section key={role} aria-label={word('roles', role)}>
            <Text component="h2" size="sm" fw={600} c="dimmed" mb={4}>
              {word('roles', role)}
            </Text>
            <ul className={classes.people}>
              {shown
                .filter((p) => p.role === role)
                .map((person) => (
                  <li key={person.person}>
                    <UnstyledButton className={classes.person} data-person={person.person} onClick={() => void pick(person.person)}>
                      <bdi>{nameOf(person.name)}</bdi>
                      {person.specialties.map((s) => (
                        <Badge key={s} variant="default" fw={500} tt="none">
                          {specialty(s)}
                        </Badge>
                      ))}
                    </UnstyledButton>
                  </li>
                ))}
            </ul>
          </section>
        ))}
    </Stack>
  )
}

async function pick(person: string) {
  await http.post('/api/session/person', { person })
  location.reload()
}
