import { Checkbox, Stack, Text, TextInput } from '@mantine/core'
import { useId, useRef, useState } from 'react'
import { http } from '../api/http'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'
import { DateTimeField } from '../time/DateTimeField'
import { day, instantOf, localOf, zoneCity } from '../time/format'
import { byArea } from './areas'
import classes from './Accounts.module.css'
import { CommandForm } from './CommandForm'
import { deviceZone, stateOf } from './grants'
import { useForm } from './useForm'
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
  const areas = useRef<HTMLDivElement>(null)
  const known = useResource<RoleView[]>('/api/roles')
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [opened] = useState(Date.now)
  const [until, setUntil] = useState(() => `${localOf(Date.now() + usual, deviceZone).slice(0, 10)}T09:00`)
  const [bare, setBare] = useState(false)
  const command = useForm((input: NewToken) => http.post<MadeToken>('/api/tokens', input), done, ['name', 'actions', 'until'])
  const valid = new Set(roles.filter((grant) => stateOf(grant, opened) === 'valid').map(({ role }) => role))
  const actions = [own, ...new Set((known.data ?? []).filter(({ role }) => valid.has(role)).flatMap((view) => view.actions))]
  const fault = command.at('actions') ?? (bare && chosen.length === 0 ? t('tokens.noActions') : undefined)
  const send = () => {
    setBare(chosen.length === 0)
    if (chosen.length === 0) areas.current?.querySelector('input')?.focus()
    if (chosen.length === 0 || !until) return
    void command.run({
      name: name.trim(),
      actions: [...chosen],
      until: new Date(instantOf(until, deviceZone)).toISOString(),
      ...(person && { person }),
    })
  }
  return (
    <CommandForm
      command={{ ...command, rest: command.rest ?? known.error }}
      send={send}
      act={t('tokens.make')}
      cancel={cancel}
      data-new-token
    >
      <TextInput
        name="name"
        required
        autoFocus
        maxLength={120}
        dir="auto"
        label={t('tokens.name')}
        description={t('tokens.nameHint')}
        value={name}
        error={command.at('name')}
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
        <div className={classes.areas} ref={areas}>
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
      <DateTimeField
        step={30}
        required
        label={t('tokens.until')}
        description={t('tokens.untilHint', { zone: t('board.zoneHint', { zone: zoneCity(deviceZone, locale) }) })}
        value={until}
        error={command.at('until')}
        onChange={setUntil}
      />
    </CommandForm>
  )
}
