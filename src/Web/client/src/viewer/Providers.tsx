import { Button, Divider, Stack } from '@mantine/core'
import { http } from '../api/http'
import type { ProviderView } from '../api/schema'
import { useResource } from '../api/useResource'
import { Notice } from '../commands/Notice'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'

/** The code with which the hub sends the browser back when signing in at an institution has failed. */
const problemIn = (search: string) => {
  const code = new URLSearchParams(search).get('problem')
  return code?.startsWith('oidc.') ? code : undefined
}

/** The page's own address without the code of a problem. */
export function pageWithoutProblem() {
  const query = new URLSearchParams(location.search)
  query.delete('problem')
  return location.pathname + (query.size > 0 ? `?${query}` : '')
}

/** Says why signing in at an institution has failed, if the address of the page says so. */
export function ProviderProblem() {
  const { t, word } = useReader()
  const code = problemIn(location.search)
  if (!code) return null
  const known = word('findings', code)
  return (
    <Notice kind="refusal" role="alert" title={t('providers.failed')}>
      {known === code ? t('shell.fault', { code }) : known}
    </Notice>
  )
}

/**
 * A button for each institution at which people can sign in. Nothing is shown if there is no institution.
 * @param invitation The secret of an invitation, which the person accepts by signing in at the institution.
 */
export function Providers({ invitation }: { invitation?: string }) {
  const { t, nameOf } = useReader()
  const { data } = useResource<ProviderView[]>('/api/session/providers')
  const accept = useCommand(
    (provider: string) => http.post<{ address: string }>('/api/invitations/provider', { token: invitation, provider }),
    ({ address }) => location.assign(address),
  )
  if (!data?.length) return <ProviderProblem />
  const back = encodeURIComponent(pageWithoutProblem())
  return (
    <Stack gap="sm" mt="md">
      <ProviderProblem />
      <Divider label={t('providers.or')} />
      <ProblemNotice problem={accept.problem} />
      {data.map(({ name, label }) =>
        invitation === undefined ? (
          <Button key={name} component="a" variant="default" href={`/api/session/oidc/${name}?returnUrl=${back}`}>
            {t('providers.signIn', { institution: nameOf(label) })}
          </Button>
        ) : (
          <Button key={name} variant="default" loading={accept.input === name} onClick={() => void accept.run(name)}>
            {t('providers.accept', { institution: nameOf(label) })}
          </Button>
        ),
      )}
    </Stack>
  )
}
