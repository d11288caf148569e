import { Button, Center, Loader, Paper, Stack, Title } from '@mantine/core'
import { useHash } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { http } from '../api/http'
import { Notice } from '../commands/Notice'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import { Entrance } from '../viewer/Entrance'

interface Props {
  /** The address that takes the token of the link. */
  readonly at: string
  readonly title: string
  /** What to do if the link does not work. */
  readonly again: string
  /** Called when the link has worked, before the page is left. */
  readonly used?: () => void
}

/** Signs this browser in with the token of a link, and goes to the page that belongs to the link. */
export function LinkEntrance({ at, title, again, used }: Props) {
  const { t } = useReader()
  const [hash] = useHash({ getInitialValueInEffect: false })
  const token = hash.replace(/^#/, '')
  // The page is left for good, so that the link does not stay in the browser's history. The token is sent in the body, because addresses
  // are written to logs.
  const { run, problem, busy } = useCommand(
    (token: string) => http.post<{ page: string }>(at, { token }),
    ({ page }) => (used?.(), location.replace(page)),
  )
  // A link of a device works once, so it must not be sent twice.
  const sent = useRef<string>(undefined)
  useEffect(() => {
    if (!token || sent.current === token) return
    sent.current = token
    void run(token)
  }, [token, run])
  return (
    <Entrance>
      <Paper withBorder p="lg" radius="md">
        <Stack>
          <Title order={1} size="h2">
            {title}
          </Title>
          {!token || problem?.code === 'link.unknown' ? (
            <Notice kind="refusal" role="alert" title={t('accounts.linkUnknown')}>
              {again}
            </Notice>
          ) : problem ? (
            <>
              <ProblemNotice problem={problem} />
              <Button variant="default" loading={busy} onClick={() => void run(token)}>
                {t('shell.retry')}
              </Button>
            </>
          ) : (
            <Center h={120}>
              <Loader aria-label={t('shell.loading')} />
            </Center>
          )}
        </Stack>
      </Paper>
    </Entrance>
  )
}
