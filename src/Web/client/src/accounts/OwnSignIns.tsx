import { Button, Group, Loader, Stack } from '@mantine/core'
import { http } from '../api/http'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import { SignInList, useDeviceName } from './SignInList'
import type { SignInView } from './wire'

const address = '/api/me/sign-ins'
const others = 'others'

/** The person's signed-in devices. The person can end each sign-in, except the one of this device: for this, they sign out. */
export function OwnSignIns() {
  const { t } = useReader()
  const nameOf = useDeviceName()
  const { data, error, mutate } = useResource<SignInView[]>(address)
  const { withFactor, factorDialog } = useFactorAgain()
  const command = useCommand(
    (id: string) => withFactor(() => http.delete(id === others ? address : `${address}/${id}`)),
    () => mutate(),
  )
  return (
    <Stack gap="sm">
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      <ProblemNotice problem={command.problem} />
      {!data && !error && <Loader aria-label={t('shell.loading')} />}
      {data && (
        <SignInList
          signIns={data}
          actions={(signIn) =>
            !signIn.current && (
              <Button
                variant="default"
                size="xs"
                loading={command.input === signIn.id}
                aria-label={t('accounts.endDevice', { device: nameOf(signIn) })}
                onClick={() => void command.run(signIn.id)}
              >
                {t('accounts.end')}
              </Button>
            )
          }
        />
      )}
      {data?.some((signIn) => !signIn.current) && (
        <Group>
          <Button variant="default" loading={command.input === others} onClick={() => void command.run(others)}>
            {t('accounts.endOthers')}
          </Button>
        </Group>
      )}
      {factorDialog}
    </Stack>
  )
}
