import { Button, Loader, Stack, Text } from '@mantine/core'
import useSWRInfinite from 'swr/infinite'
import { http, type Problem } from '../api/http'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { exact, relative } from '../time/format'
import { useNow } from '../time/useNow'
import { deviceZone, useScopeText } from './grants'
import { usePersonName } from './usePersonName'
import type { AccessChange, Account, Grant } from './wire'

const onPage = 30

/** Says what happened to a person's account, newest first and page by page. */
export function AccessHistory({ account }: { account: Account }) {
  const { t } = useReader()
  const at = `/api/people/${encodeURIComponent(account.person)}/history?take=${onPage}`
  // The account's version is a part of the key, so that the history is read again after each change.
  const { data, error, size, setSize } = useSWRInfinite<AccessChange[], Problem>(
    (index: number, before: AccessChange[] | null) =>
      index > 0 && (before?.length ?? 0) < onPage ? null : [index === 0 ? at : `${at}&before=${before!.at(-1)!.version}`, account.version],
    ([address]: [string, number]) => http.get<AccessChange[]>(address),
    { revalidateOnFocus: false, revalidateFirstPage: false },
  )
  const changes = data?.flat() ?? []
  if (!data) return error ? <ProblemNotice problem={error} title={t('shell.notRead')} /> : <Loader aria-label={t('shell.loading')} />
  if (changes.length === 0) return <Text role="status">{t('accounts.noHistory')}</Text>
  return (
    <>
      <Stack component="ol" gap="sm" p={0} m={0} style={{ listStyle: 'none' }} data-history>
        {changes.map((change, i) => (
          <Change key={`${change.version}.${change.what}.${change.grant ?? ''}`} change={change} before={changes[i + 1]} />
        ))}
      </Stack>
      {(data.at(-1)?.length ?? 0) >= onPage && (
        <Button mt="xs" size="compact-sm" variant="subtle" onClick={() => void setSize(size + 1)}>
          {t('board.moreHistory')}
        </Button>
      )}
    </>
  )
}

/** `before` is the change before this one. It still has a role that this change has taken away. */
function Change({ change, before }: { change: AccessChange; before: AccessChange | undefined }) {
  const { t, word, locale } = useReader()
  const by = usePersonName(change.by)
  const now = useNow()
  const grant = [change, before].flatMap((c) => c?.account?.grants ?? []).find(({ id }) => id === change.grant)
  const said = word('accountChanges', change.what, { by, role: grant ? word('roles', grant.role) : t('accounts.someRole') })
  return (
    <li>
      <Text size="sm">
        {/* A newer hub may make changes that this page does not know. */}
        {said === change.what ? `${by}: ${change.what}` : said}
      </Text>
      {grant && <Where grant={grant} />}
      {change.reason && (
        <Text size="sm" fs="italic">
          {t('board.because', { reason: change.reason })}
        </Text>
      )}
      <Text size="xs" c="dimmed" title={exact(change.at, deviceZone, locale)}>
        {relative(change.at, now, locale)}
      </Text>
    </li>
  )
}

function Where({ grant }: { grant: Grant }) {
  const where = useScopeText(grant.scope)
  return (
    <Text size="sm" c="dimmed">
      {where}
    </Text>
  )
}
