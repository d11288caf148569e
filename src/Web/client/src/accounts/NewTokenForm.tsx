import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import { http } from '../api/http'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import { DateTimeField } from '../time/DateTimeField'
import { day, instantOf, localOf, zoneCity } from '../time/format'
import { byArea } from './areas'
import classes from './Accounts.module.css'
import { useFaults } from './faults'
import { deviceZone, stateOf } from './grants'
import type { Grant, MadeToken, NewToken, RoleView } from './wire'

/** What every account may do, whatever its roles are. */
const own = 'account.own'

/** In ms. A quarter of a year is enough for most programs, and short enough if somebody forgets the token. */
const usual = 90 * day

interface Props {
  readonly person?: string | undefined
  readonly roles: readonly Grant[]
  readonly cancel: () => void
  readonly done: (token: MadeToken) => void
}

/** Asks what a new token is for, what it may do and until when. It can do only what the account may do now. */
export function NewTokenForm({ person, roles, cancel, done }: Props) {
  const { t, word, locale } = useReader()
  const id = useId()
  const known = useResource<RoleView[]>('/api/roles')
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [opened] = useState(Date.now)
  const [until, setUntil] = useState(() => `${localOf(Date.now() + usual, deviceZone).slice(0, 10)}T09:00`)
  const [bare, setBare] = useState(false)
  const { withFactor, factorDialog } = useFactorAgain()
  const command = useCommand((input: NewToken) => withFactor(() => http.post<MadeToken>('/api/tokens', input)), done)
  const { at, rest } = useFaults(command.problem, ['name', 'actions', 'until'])
  const valid = new Set(roles.filter((grant) => stateOf(grant, opened) === 'valid').map(({ role }) => role))
  const actions = [own, ...new Set((known.data ?? []).filter(({ role }) => valid.has(role)).flatMap((view) => view.actions))]
  const fault = at('actions') ?? (bare && chosen.length === 0 ? t('tokens.noActions') : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setBare(chosen.length === 0)
    if (chosen.length === 0 || !until) return
    void command.run({
      name: name.trim(),
      actions: [...chosen],
      until: new Date(instantOf(until, deviceZone)).toISOString(),
      ...(person && { person }),
    })
  }
  return (
    <>
      <form onSubmit={submit} data-new-token>
        <Stack gap="md">
          <TextInput
            name="name"
            required
            autoFocus
            maxLength={120}
            dir="auto"
            label={t('tokens.name')}
            description={t('tokens.nameHint')}
            value={name}
            error={at('name')}
            errorProps={{ role: 'alert' }}
            onChange={(e) => setName(e.currentTarget.value)}
          />
          <Checkbox.Group
            label={t('tokens.actions')}
            description={t('tokens.actionsHint')}
            value={[...chosen]}
            onChange={setChosen}
            error={fault}
            errorProps={{ role: 'alert' }}
          >
            <div className={classes.areas}>
              {byArea(actions, (action) => action).map(([area, of]) => (
                <div key={area} role="group" aria-labelledby={`${id}-${area}`} className={classes.area}>
                  <Text size="sm" fw={600} mb={4} id={`${id}-${area}`}>
                    {word('areas', area)}
                  </Text>
                  <Stack gap={6}>
                    {of.map((action) => (
                      <Checkbox key={action} value={action} label={word('actions', action)} />
                    ))}
                  </Stack>
                </div>
              ))}
            </div>
          </Checkbox.Group>
          <div>
            <DateTimeField
              step={30}
              required
              label={t('tokens.until')}
              description={t('tokens.untilHint', { zone: t('board.zoneHint', { zone: zoneCity(deviceZone, locale) }) })}
              value={until}
              onChange={setUntil}
            />
            {at('until') && (
              <Text size="xs" role="alert" c="var(--hub-warning)">
                {at('until')}
              </Text>
            )}
          </div>
          <ProblemNotice problem={rest ?? known.error} />
          <Group>
            <Button type="submit" loading={command.busy}>
              {t('tokens.make')}
            </Button>
            <Button variant="default" onClick={cancel}>
              {t('shell.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
      {factorDialog}
    </>
  )
}
