import { Alert, Badge, Button, Container, Group, Paper, PasswordInput, Stack, Text, TextInput, Title, UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { http, Problem } from '../api/http'
import type { Pickable, Role, Specialty } from '../api/schema'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'
import { LanguageMenu, ThemeMenu } from '../preferences/Preferences'
import classes from './SignIn.module.css'

/** The demo's list of people, or else a user name and a password. The demo offers the list only to browsers on the hub's own machine. */
export default function SignIn() {
  const { t } = useReader()
  const people = useResource<Pickable[]>('/api/session/people')
  return (
    <Container size="sm" py="xl" component="main">
      <Group justify="space-between" mb="lg">
        <Group gap="xs">
          <img src="/icon.svg" alt="" width={32} height={32} />
          <Text fw={700}>{t('shell.product')}</Text>
        </Group>
        <Group gap="xs">
          <LanguageMenu />
          <ThemeMenu />
        </Group>
      </Group>
      {people.data ? <Picker people={people.data} /> : people.error ? <PasswordForm /> : null}
    </Container>
  )
}

const order: Role[] = ['coordinator', 'attendee', 'display', 'consultant']

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

function PasswordForm() {
  const { t, word } = useReader()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    try {
      await http.post('/api/session', { userName: form.get('userName'), password: form.get('password') })
      location.reload()
    } catch (error) {
      setProblem(error as Problem)
      setBusy(false)
    }
  }
  return (
    <Paper withBorder p="lg" radius="md">
      <form onSubmit={(event) => void send(event)}>
        <Stack>
          <Title order={1} size="h2">
            {t('shell.signInTitle')}
          </Title>
          <TextInput name="userName" label={t('shell.userName')} autoComplete="username" required />
          <PasswordInput name="password" label={t('shell.password')} autoComplete="current-password" required />
          {problem && (
            <Alert color="red" role="alert">
              {problem.status === 401
                ? t('shell.signInDenied')
                : problem.status === 0
                  ? t('shell.unreachable')
                  : word('findings', problem.code)}
            </Alert>
          )}
          <Button type="submit" loading={busy}>
            {t('shell.signIn')}
          </Button>
        </Stack>
      </form>
    </Paper>
  )
}
