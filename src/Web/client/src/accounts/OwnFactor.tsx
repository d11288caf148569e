import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import { http } from '../api/http'
import { CodeField } from '../commands/CodeField'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import { useAskAgain } from '../viewer/useViewer'
import { CommandForm, FormDialog } from './CommandForm'
import { OwnPasskeys } from './OwnPasskeys'
import { needsPassword, PasswordDialog } from './PresentPassword'
import { RecoveryCodes } from './RecoveryCodes'
import { SecretText } from './SecretText'
import { useForm } from './useForm'
import type { MyAccount, RecoveryCodesView, TotpSetup } from './wire'

interface Props {
  readonly account: MyAccount
  /** Called when the second factor has changed. */
  readonly changed: () => Promise<unknown>
  /** Shown below a second factor that is on, but not while new recovery codes are shown. */
  readonly children: ReactNode
}

/** The person's second factor: passkeys, an authenticator app, and recovery codes in case both are lost. */
export function OwnFactor({ account, changed, children }: Props) {
  const { t } = useReader()
  const askAgain = useAskAgain()
  const [setup, setSetup] = useState<TotpSetup>()
  const [codes, setCodes] = useState<readonly string[]>()
  const [asked, setAsked] = useState<'app' | 'codes' | 'removal'>()
  const { withFactor, factorDialog } = useFactorAgain()
  const make = (password?: string) => http.post<TotpSetup>('/api/me/totp', { password })
  const show = (made: TotpSetup) => (setAsked(undefined), setSetup(made))
  const begin = useCommand(() => withFactor(() => make()), show)
  const renew = () => Promise.all([changed(), askAgain()])
  const tell = (codes: readonly string[] | undefined) => (setSetup(undefined), setAsked(undefined), setCodes(codes), renew())
  if (codes) return <RecoveryCodes codes={codes} userName={account.userName} done={() => setCodes(undefined)} />
  if (setup) return <Enrolment setup={setup} told={tell} cancel={() => setSetup(undefined)} />
  const isOn = account.totp || account.passkeys > 0
  return (
    <Stack gap="lg">
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap" align="start" role="status" data-second-factor={isOn}>
          {isOn ? <IconShieldCheck size={20} aria-hidden /> : <IconShieldOff size={20} aria-hidden />}
          <Text fw={600}>{t(isOn ? 'accounts.factorOn' : 'accounts.factorOff')}</Text>
        </Group>
        {!isOn && <Text size="sm">{t('passkeys.whyFactor')}</Text>}
        {isOn && children}
      </Stack>
      <Choice title={t('passkeys.title')}>
        <OwnPasskeys account={account} changed={renew} />
      </Choice>
      <Choice title={t('passkeys.app')}>
        <Text size="sm" data-totp={account.totp}>
          {t(account.totp ? 'passkeys.appOn' : 'passkeys.appOff')}
        </Text>
        <ProblemNotice problem={begin.problem} />
        <Group>
          <Button variant="default" loading={begin.busy} onClick={() => (needsPassword(account) ? setAsked('app') : void begin.run())}>
            {t(account.totp ? 'passkeys.otherApp' : 'passkeys.setUpApp')}
          </Button>
          {account.totp && !(account.needsFactor && account.passkeys === 0) && (
            <Button variant="default" onClick={() => setAsked('removal')}>
              {t('passkeys.removeApp')}
            </Button>
          )}
        </Group>
      </Choice>
      {isOn && (
        <Choice title={t('passkeys.codes')}>
          <Text size="sm">{t('accounts.codesLeft', { count: account.recoveryCodes })}</Text>
          <Group>
            <Button variant="default" onClick={() => setAsked('codes')}>
              {t('accounts.newCodes')}
            </Button>
          </Group>
        </Choice>
      )}
      {asked === 'app' && (
        <PasswordDialog account={account} title={t('passkeys.setUpApp')} send={make} done={show} close={() => setAsked(undefined)} />
      )}
      {(asked === 'codes' || asked === 'removal') && (
        <CodeDialog what={asked} account={account} told={tell} close={() => setAsked(undefined)} />
      )}
      {factorDialog}
    </Stack>
  )
}

function Choice({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <Stack component="section" gap="xs" aria-labelledby={id}>
      <Title order={3} size="h5" id={id}>
        {title}
      </Title>
      {children}
    </Stack>
  )
}

/** Shows the key of the new second factor, and asks for a first code, which proves that the app has the key. */
function Enrolment({
  setup,
  told,
  cancel,
}: {
  setup: TotpSetup
  told: (codes: readonly string[]) => Promise<unknown>
  cancel: () => void
}) {
  const { t } = useReader()
  const [code, setCode] = useState('')
  const command = useForm(
    (code: string) => http.put<RecoveryCodesView>('/api/me/totp', { code }),
    ({ recoveryCodes }) => told(recoveryCodes),
    ['code'],
  )
  return (
    <CommandForm
      command={command}
      send={() => void command.run(code.trim())}
      act={t('accounts.confirmCode')}
      cancel={cancel}
      data-enrolment
    >
      <Text>{t('accounts.scan')}</Text>
      {/* The code has a white background in each theme, so that apps can read it. */}
      <img
        src={`data:image/svg+xml;utf8,${encodeURIComponent(setup.qr)}`}
        alt={t('accounts.qr')}
        style={{ width: 'min(70vw, 14rem)', aspectRatio: 1, background: '#fff', borderRadius: 8 }}
        data-qr
      />
      <Anchor href={setup.uri} underline="always" size="sm">
        {t('accounts.openApp')}
      </Anchor>
      <SecretText label={t('accounts.key')} description={t('accounts.keyHint')} value={setup.key} />
      <CodeField appOnly focused value={code} onChange={setCode} error={command.at('code')} />
    </CommandForm>
  )
}

/**
 * Asks for a code before the app is removed, or before new recovery codes replace the old ones. A person without an app gives a passkey
 * before new codes are made, if the second factor was last given too long ago.
 */
function CodeDialog({
  what,
  account,
  told,
  close,
}: {
  what: 'codes' | 'removal'
  account: MyAccount
  told: (codes: readonly string[] | undefined) => Promise<unknown>
  close: () => void
}) {
  const { t } = useReader()
  const [code, setCode] = useState('')
  const asksCode = what === 'removal' || account.totp
  const command = useForm(
    async (code: string) =>
      what === 'codes'
        ? (await http.post<RecoveryCodesView>('/api/me/recovery-codes', asksCode ? { code } : {})).recoveryCodes
        : await http.post('/api/me/totp/removal', { code }),
    (codes) => told(codes || undefined),
    ['code'],
  )
  const title = t(what === 'codes' ? 'accounts.newCodes' : 'passkeys.removeApp')
  return (
    <FormDialog title={title} command={command} send={() => void command.run(code.trim())} act={title} close={close}>
      <Text size="sm">
        {t(what === 'removal' ? 'passkeys.removeAppWhat' : asksCode ? 'accounts.newCodesWhat' : 'passkeys.newCodesWhat')}
      </Text>
      {asksCode && <CodeField focused value={code} onChange={setCode} error={command.at('code')} />}
    </FormDialog>
  )
}
