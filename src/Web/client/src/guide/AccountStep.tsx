import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { LinkPanel } from '../accounts/LinkPanel'
import { useForm } from '../accounts/useForm'
import type { Invited } from '../accounts/wire'
import { http } from '../api/http'
import { CommandForm } from '../accounts/CommandForm'
import { useReader } from '../i18n'
import { idFrom } from '../records/cells'
import { lastOf } from '../records/requests'
import type { RecordRow } from '../records/wire'
import classes from './Guide.module.css'
import type { StepProps } from './RecordSteps'

/** Opens accounts for the network's consultants. Each gets a link with which the consultant chooses a password. */
export function AccountStep({ network, names, progress, readAgain, toNext }: StepProps) {
  const { t } = useReader()
  // A row stays after its account is open, because the link is shown only once.
  const [made, setMade] = useState<ReadonlyMap<string, Invited>>(new Map())
  const rows = progress?.rows.consultants.filter((row) => progress.withoutAccount.includes(row) || made.has(lastOf(row.key))) ?? []
  return (
    <Stack gap="md">
      <ul className={classes.accounts}>
        {rows.map((row) => {
          const id = lastOf(row.key)
          const invited = made.get(id)
          return (
            <li key={id} data-account={id}>
              {invited ? (
                <LinkPanel account={invited.account} link={invited} />
              ) : (
                <NewAccount
                  {...{ network, row }}
                  name={names.rowName(row)}
                  done={(answer) => (setMade(new Map(made).set(id, answer)), void readAgain())}
                />
              )}
            </li>
          )
        })}
      </ul>
      {rows.length === 0 && <Text role="status">{t(progress?.totals.consultants ? 'guide.allHaveAccounts' : 'guide.noConsultants')}</Text>}
      <Text size="sm">
        {t('guide.otherPeople')}{' '}
        <Anchor component={Link} href="/accounts" underline="always">
          {t('accounts.title')}
        </Anchor>
      </Text>
      <Group>
        <Button onClick={toNext} data-do="next">
          {t('guide.next')}
        </Button>
      </Group>
    </Stack>
  )
}

interface Props {
  readonly network: string
  readonly row: RecordRow
  readonly name: string
  readonly done: (invited: Invited) => void
}

function NewAccount({ network, row, name, done }: Props) {
  const { t } = useReader()
  const id = lastOf(row.key)
  const { cells } = row
  const [userName, setUserName] = useState(() => idFrom(String(cells['name.en'] ?? id), 64).replaceAll('-', '.'))
  const command = useForm(
    (userName: string, commandId) =>
      http.post<Invited>('/api/people', {
        commandId,
        userName,
        person: id,
        name: { en: cells['name.en'], ar: cells['name.ar'], ko: cells['name.ko'] },
        roles: [{ role: 'consultant', scope: { network, hospitals: [] } }],
      }),
    done,
    ['userName', 'person'],
  )
  return (
    <CommandForm command={command} send={() => void command.run(userName.trim())} act={t('accounts.makeLink')}>
      <TextInput
        name="userName"
        label={t('guide.userNameOf', { name })}
        required
        maxLength={64}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
        maw={360}
        value={userName}
        onChange={(event) => setUserName(event.currentTarget.value)}
        error={command.at('userName') ?? command.at('person')}
        errorProps={{ role: 'alert' }}
      />
    </CommandForm>
  )
}
