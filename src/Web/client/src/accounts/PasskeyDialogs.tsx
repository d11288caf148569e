import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { http } from '../api/http'
import { addPasskey } from '../api/passkeys'
import { ProblemNotice } from '../commands/ProblemNotice'
import { type Command, useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import { PasswordField } from '../viewer/PasswordField'
import { deviceOf } from './device'
import { useFaults } from './faults'
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
  const asksPassword = account.hasPassword && !account.totp && account.passkeys === 0
  const { withFactor, asking, factorDialog } = useFactorAgain()
  const command = useCommand(
    (input: { name: string; password?: string }) => withFactor(() => addPasskey<PasskeyView>(input.name, input.password)),
    done,
  )
  const { at, rest } = useFaults(command.problem, ['name', 'password'])
  return (
    <Asking
      title={t('passkeys.add')}
      act={t('passkeys.goOn')}
      command={command}
      send={() => void command.run({ name: name.trim(), ...(asksPassword && { password }) })}
      close={close}
      closeOnEscape={!asking && !command.busy}
      beside={factorDialog}
    >
      <Text size="sm">{t('passkeys.addWhat')}</Text>
      <NameField value={name} onChange={setName} error={at('name')} />
      {asksPassword && (
        <>
          <input type="text" name="userName" autoComplete="username" value={account.userName} readOnly hidden />
          <PasswordField
            name="password"
            label={t('accounts.currentPassword')}
            description={t('passkeys.whyPassword')}
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            error={at('password')}
          />
        </>
      )}
      <ProblemNotice problem={rest} />
    </Asking>
  )
}

export function RenamePasskeyDialog({ passkey, done, close }: Props) {
  const { t } = useReader()
  const [name, setName] = useState(passkey.name)
  const command = useCommand((name: string) => http.put(`/api/me/passkeys/${passkey.id}`, { name }), done)
  const { at, rest } = useFaults(command.problem, ['name'])
  return (
    <Asking
      title={t('passkeys.renameNamed', { name: passkey.name })}
      act={t('shell.save')}
      command={command}
      send={() => void command.run(name.trim())}
      close={close}
    >
      <NameField value={name} onChange={setName} error={at('name')} />
      <ProblemNotice problem={rest} />
    </Asking>
  )
}

/** Asks before a passkey is removed, and asks for the second factor if it was last given too long ago. */
export function RemovePasskeyDialog({ passkey, done, close }: Props) {
  const { t } = useReader()
  const { withFactor, asking, factorDialog } = useFactorAgain()
  const command = useCommand(() => withFactor(() => http.delete(`/api/me/passkeys/${passkey.id}`)), done)
  return (
    <Asking
      title={t('passkeys.removeNamed', { name: passkey.name })}
      act={t('passkeys.remove')}
      command={command}
      send={() => void command.run()}
      close={close}
      closeOnEscape={!asking}
      beside={factorDialog}
    >
      <Text size="sm">{t('passkeys.removeWhat')}</Text>
      <ProblemNotice problem={command.problem} />
    </Asking>
  )
}

/**
 * A dialog with a form.
 * @param beside Another dialog, which has a form of its own.
 */
function Asking({
  title,
  act,
  command,
  send,
  close,
  closeOnEscape = true,
  beside,
  children,
}: {
  title: string
  act: string
  command: Pick<Command<never>, 'busy'>
  send: () => void
  close: () => void
  closeOnEscape?: boolean
  beside?: ReactNode
  children: ReactNode
}) {
  const { t } = useReader()
  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside={false}
      closeOnEscape={closeOnEscape}
      title={title}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={(event: FormEvent) => (event.preventDefault(), send())}>
        <Stack gap="sm">
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={command.busy}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
      {beside}
    </Modal>
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
