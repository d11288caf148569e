import { Button, Group, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { http } from '../api/http'
import { CodeField } from '../commands/CodeField'
import { Notice } from '../commands/Notice'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import { useAskAgain } from '../viewer/useViewer'
import { useFaults } from './faults'

/**
 * Says what to do when a role demands a second factor and this sign-in has none. Somebody who signed in at an institution may have an
 * authenticator app already, and only enters its code. Everybody else sets up an app first.
 */
export function FactorMissing({ hasApp }: { hasApp: boolean }) {
  const { t } = useReader()
  if (hasApp) return <ConfirmFactor />
  return (
    <Notice kind="warning" role="status" title={t('accounts.factorMissing')}>
      {t('accounts.factorMissingWhy')}
    </Notice>
  )
}

function ConfirmFactor() {
  const { t } = useReader()
  const askAgain = useAskAgain()
  const [code, setCode] = useState('')
  const command = useCommand((code: string) => http.post('/api/session/factor', { code }), askAgain)
  const { at, rest } = useFaults(command.problem, ['code'])
  return (
    <Notice kind="warning" title={t('accounts.confirmFactor')}>
      <form onSubmit={(event: FormEvent) => (event.preventDefault(), void command.run(code.trim()))} data-confirm-factor>
        <Stack gap="sm">
          <Text size="sm" role="status">
            {t('accounts.confirmFactorWhy')}
          </Text>
          <CodeField focused value={code} onChange={setCode} error={at('code')} />
          <ProblemNotice problem={rest} />
          <Group>
            <Button type="submit" loading={command.busy}>
              {t('accounts.goOn')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Notice>
  )
}
