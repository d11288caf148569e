import { Button, Stack } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useEffect } from 'react'
import { canUsePasskeys, offerPasskeys, sendPasskey } from '../api/passkeys'
import { Notice } from '../commands/Notice'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'

/**
 * Signs in with a passkey, without a name and a password. Nothing is shown in a browser that has no passkeys.
 * @param inField Whether the page has a field for the user name, which offers passkeys too.
 */
export function PasskeySignIn({ inField }: { inField: boolean }) {
  const { t } = useReader()
  useEffect(() => {
    if (!inField) return
    const leave = new AbortController()
    void offerPasskeys(leave.signal).then((signedIn) => signedIn && location.reload())
    return () => leave.abort()
  }, [inField])
  const command = useCommand(
    () => sendPasskey('/api/session/passkey'),
    () => location.reload(),
  )
  if (!canUsePasskeys()) return null
  return (
    <Stack gap="sm" mt="md">
      {command.problem?.code === 'session.denied' ? (
        <Notice kind="refusal" role="alert" title={t('accounts.notSignedIn')}>
          {t('passkeys.denied')}
        </Notice>
      ) : (
        <ProblemNotice problem={command.problem} title={t('accounts.notSignedIn')} />
      )}
      <Button
        variant="default"
        loading={command.busy}
        leftSection={<IconFingerprint size={18} aria-hidden />}
        onClick={() => void command.run()}
        data-passkey
      >
        {t('passkeys.signIn')}
      </Button>
    </Stack>
  )
}
