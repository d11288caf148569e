import { Button, Group, Loader, Stack } from '@mantine/core'
import { http } from '../api/http'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import { SignInList } from './SignInList'
import type { SignInView } from './wire'

/** Another person's signed-in devices. All sign-ins can be ended together, for example when a device is lost. */
export function PersonSignIns({ person }: { person: string }) {
  const { t } = useReader()
  const at = `/api/people/${encodeURIComponent(person)}/sign-ins`
  const { data, error, mutate } = useResource<SignInView[]>(at)
  const { withFactor, factorDialog } = useFactorAgain()
  const command = useCommand(
    () => withFactor(() => http.delete(at)),
    () => mutate(),
  )
  return (
    <Stack gap="sm">
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      <ProblemNotice problem={command.problem} />
      {!data && !error && <Loader aria-label={t('shell.loading')} />}
      {data && <SignInList signIns={data} />}
      {data && data.length > 0 && (
        <Group>
          <Button variant="default" loading={command.busy} onClick={() => void command.run()}>
            {t('accounts.endAll')}
          </Button>
        </Group>
      )}
      {factorDialog}
    </Stack>
  )
}
