import { Button, Center, Divider, Group, Loader, Modal, Stack, Text } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { http, Problem } from '../api/http'
import { canUsePasskeys, sendPasskey } from '../api/passkeys'
import type { MyAccount } from '../api/schema'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'
import { CodeField } from './CodeField'
import { ProblemNotice } from './ProblemNotice'
import { useCommand } from './useCommand'
import { useProblemText } from './useProblemText'

/** Something grave needs a second factor that is not older than ten minutes. */
const again = 'session.factor-again'

const wrongCodes: ReadonlySet<string> = new Set(['factor.wrong-code', 'session.code-denied'])

/**
 * For grave requests, which need a fresh second factor. `withFactor` sends a request. If the hub demands the second factor again, a dialog
 * asks for a passkey or a code, and the request is sent once more. If the person closes the dialog, the hub's refusal stands. The page
 * shows `factorDialog` beside its forms and not inside them. A dialog of the page must not close on Escape while `asking` is true.
 * `askFactor` shows the dialog without a request, and returns whether the person has given the second factor. The page then says why.
 */
export function useFactorAgain() {
  const [asked, setAsked] = useState<{ readonly grave: boolean; readonly answer: (given: boolean) => void }>()
  const ask = async (grave: boolean) => {
    const given = await new Promise<boolean>((answer) => setAsked({ grave, answer }))
    setAsked(undefined)
    return given
  }
  const withFactor = async <T,>(send: () => Promise<T>): Promise<T> => {
    try {
      return await send()
    } catch (refusal) {
      if (!(refusal instanceof Problem) || refusal.code !== again) throw refusal
      if (!(await ask(true))) throw refusal
      return await send()
    }
  }
  return {
    withFactor,
    askFactor: () => ask(false),
    asking: asked !== undefined,
    factorDialog: asked && <FactorDialog {...asked} />,
  }
}

function FactorDialog({ grave, answer }: { grave: boolean; answer: (given: boolean) => void }) {
  const { t } = useReader()
  const { data: account, error } = useResource<MyAccount>('/api/me')
  const passkey = canUsePasskeys() && account !== undefined && account.passkeys > 0
  const code = account ? account.totp || account.recoveryCodes > 0 || !passkey : error !== undefined
  return (
    <Modal
      opened
      onClose={() => answer(false)}
      closeOnClickOutside={false}
      title={t(grave ? 'accounts.factorAgain' : 'passkeys.giveFactor')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack gap="sm" data-factor>
        {grave && <Text size="sm">{t('accounts.factorAgainWhy')}</Text>}
        {!account && !error && (
          <Center h={60}>
            <Loader aria-label={t('shell.loading')} />
          </Center>
        )}
        {passkey && <PasskeyAgain given={() => answer(true)} />}
        {passkey && code && <Divider label={t('providers.or')} />}
        {code && <CodeAgain focused={!passkey} answer={answer} />}
        {!code && (
          <Group justify="flex-end">
            <Button variant="default" onClick={() => answer(false)}>
              {t('shell.cancel')}
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  )
}

function PasskeyAgain({ given }: { given: () => void }) {
  const { t } = useReader()
  const command = useCommand(() => sendPasskey('/api/session/factor/passkey'), given)
  return (
    <>
      <ProblemNotice problem={command.problem} />
      <Button
        data-autofocus
        data-passkey
        loading={command.busy}
        leftSection={<IconFingerprint size={18} aria-hidden />}
        onClick={() => void command.run()}
      >
        {t('passkeys.use')}
      </Button>
    </>
  )
}

function CodeAgain({ focused, answer }: { focused: boolean; answer: (given: boolean) => void }) {
  const { t } = useReader()
  const textOf = useProblemText()
  const [code, setCode] = useState('')
  const command = useCommand(
    (code: string) => http.post('/api/session/factor', { code }),
    () => answer(true),
  )
  const wrong = command.problem && wrongCodes.has(command.problem.code)
  // React also reports the submitted form to the forms around this dialog. They must not be sent again.
  const submit = (event: FormEvent) => (event.preventDefault(), event.stopPropagation(), void command.run(code.trim()))
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <CodeField value={code} onChange={setCode} focused={focused} error={wrong ? textOf(command.problem!) : undefined} />
        {!wrong && <ProblemNotice problem={command.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => answer(false)}>
            {t('shell.cancel')}
          </Button>
          <Button type="submit" loading={command.busy}>
            {t('accounts.goOn')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
