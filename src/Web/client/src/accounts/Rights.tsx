import { Loader, Stack, Text, Title } from '@mantine/core'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import classes from './Accounts.module.css'
import { byArea } from './areas'
import { useScopeText } from './grants'
import type { Account, Grant, RightView } from './wire'

/** Everything that a person may do, and by which role. */
export function Rights({ account }: { account: Account }) {
  const { t, word } = useReader()
  const { data, error } = useResource<RightView[]>(`/api/people/${encodeURIComponent(account.person)}/rights`)
  if (!data) return error ? <ProblemNotice problem={error} title={t('shell.notRead')} /> : <Loader aria-label={t('shell.loading')} />
  if (data.length === 0) return <Text role="status">{t('accounts.noRights')}</Text>
  return (
    <Stack gap="xs">
      <Text size="sm">{t('accounts.rightsText')}</Text>
      <div className={classes.areas} data-rights>
        {byArea(data, (right) => right.action).map(([area, rights]) => (
          <section key={area} className={classes.area} aria-label={word('areas', area)}>
            <Title order={3} size="h5" mb={4}>
              {word('areas', area)}
            </Title>
            <ul className={classes.actions}>
              {rights.map((right) => (
                <li key={right.action} data-action={right.action}>
                  <Text size="sm" fw={600}>
                    {word('actions', right.action)}
                  </Text>
                  {differing(account.grants.filter((grant) => right.grants.includes(grant.id))).map((grant) => (
                    <By key={grant.id} grant={grant} />
                  ))}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Stack>
  )
}

/** Roles of which no two have the same name and scope. The same role may be given for several periods. */
const differing = (grants: readonly Grant[]) => [
  ...new Map(grants.map((grant) => [JSON.stringify([grant.role, grant.scope]), grant])).values(),
]

function By({ grant }: { grant: Grant }) {
  const { t, word } = useReader()
  const where = useScopeText(grant.scope)
  return (
    <Text size="xs" c="dimmed">
      {t('accounts.roleWhere', { role: word('roles', grant.role), where })}
    </Text>
  )
}
