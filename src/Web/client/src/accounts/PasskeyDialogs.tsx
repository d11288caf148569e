import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { http } from '../api/http'
import { addPasskey } from '../api/passkeys'
import { useReader } from '../i18n'
import { FormDialog } from './CommandForm'
import { deviceOf } from './device'
import { needsPassword, PresentPassword } from './PresentPassword'
import { useForm } from './useForm'
import type { MyAccount, PasskeyView } from './wire'

const longestName = 60

interface Props {
  readonly passkey: PasskeyView
  readonly done: () => Promise<unknown>
  readonly close: () => void
}

/** Gives a new passkey a name, and lets the person's device make it. */
export function AddPasskeyDialog({
  account,
  taken,
  done,
  close,
}: {
  account: MyAccount
  taken: readonly PasskeyView[]
  done: () => Promise<unknown>
  close: () => void
}) {
  const { t } = useReader()
  const [name, setName] = useState(() => freeName(proposal(t), taken))
  const [password, setPassword] = useState('')
  const asksPassword = needsPassword(account)
  const command = useForm((input: { name: string; password?: string }) => addPasskey<PasskeyView>(input.name, input.password), done, [
    'name',
    'password',
  ])
  return (
    <FormDialog
      title={t('passkeys.add')}
      act={t('passkeys.goOn')}
      command={command}
      send={() => void command.run({ name: name.trim(), ...(asksPassword && { password }) })}
      close={close}
      closeOnEscape={!command.busy}
    >
      <Text size="sm">{t('passkeys.addWhat')}</Text>
      <NameField value={name} onChange={setName} error={command.at('name')} />
      {asksPassword && <PresentPassword account={account} value={password} onChange={setPassword} error={command.at('password')} />}
    </FormDialog>
  )
}

export function RenamePasskeyDialog({ passkey, done, close }: Props) {
  const { t } = useReader()
  const [name, setName] = useState(passkey.name)
  const command = useForm((name: string) => http.put(`/api/me/passkeys/${passkey.id}`, { name }), done, ['name'])
  return (
    <FormDialog
      title={t('passkeys.renameNamed', { name: passkey.name })}
      act={t('shell.save')}
      command={command}
      send={() => void command.run(name.trim())}
      close={close}
    >
      <NameField value={name} onChange={setName} error={command.at('name')} />
    </FormDialog>
  )
}

/** Asks before a passkey is removed, and asks for the second factor if it was last given too long ago. */
export function RemovePasskeyDialog({ passkey, done, close }: Props) {
  const { t } = useReader()
  const command = useForm(() => http.delete(`/api/me/passkeys/${passkey.id}`), done)
  return (
    <FormDialog
      title={t('passkeys.removeNamed', { name: passkey.name })}
      act={t('passkeys.remove')}
      command={command}
      send={() => void command.run()}
      close={close}
    >
      <Text size="sm">{t('passkeys.removeWhat')}</Text>
    </FormDialog>
  )
}

function NameField({ value, onChange, error }: { value: string; onChange: (value: string) => void; error: string | undefined }) {
  const { t } = useReader()
  return (
    <TextInput
      name="name"
      label={t('passkeys.name')}
      description={t('passkeys.nameHint')}
      required
      data-autofocus
      maxLength={longestName}
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
      error={error}
      errorProps={{ role: 'alert' }}
    />
  )
}

/** A name for a new passkey, such as “Chrome on Windows”. */
function proposal(t: ReturnType<typeof useReader>['t']) {
  const known = deviceOf(navigator.userAgent)
  // The marks that isolate words in a sentence are not part of a name.
  return known ? t('accounts.deviceName', known).replace(/[\u2066-\u2069\u200e\u200f]/g, '') : ''
}

/** The name, with a number after it if the person already has a passkey of this name. */
function freeName(name: string, taken: readonly PasskeyView[]) {
  const names = new Set(taken.map((passkey) => passkey.name))
  if (!names.has(name)) return name
  for (let number = 2; ; number++) if (!names.has(`${name} ${number}`)) return `${name} ${number}`
}
