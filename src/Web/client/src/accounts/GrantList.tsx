import { Badge, Group, Paper, Stack, Text } from '@mantine/core'
import { IconClock, IconHistory, IconShieldCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useReader } from '../i18n'
import { useNow } from '../time/useNow'
import { stateOf, usePeriodText, useScopeText } from './grants'
import type { Grant } from './wire'

interface Props {
  readonly grants: readonly Grant[]
  /** What can be done with a role. */
  readonly actions?: (grant: Grant) => ReactNode
}

/** A person's roles: what each is limited to, and from when until when it counts. */
export function GrantList({ grants, actions }: Props) {
  const { t } = useReader()
  const now = useNow()
  if (grants.length === 0) return <Text role="status">{t('accounts.noRoles')}</Text>
  return (
    <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }} data-roles>
      {[...grants]
        .sort((a, b) => order[stateOf(a, now)] - order[stateOf(b, now)])
        .map((grant) => (
          <GrantRow key={grant.id} grant={grant} actions={actions?.(grant)} />
        ))}
    </Stack>
  )
}

/** Roles that count now come first, and those that have ended last. */
const order = { valid: 0, later: 1, over: 2 }
const looks = { valid: IconShieldCheck, later: IconClock, over: IconHistory }

function GrantRow({ grant, actions }: { grant: Grant; actions?: ReactNode }) {
  const { t, word } = useReader()
  const scope = useScopeText(grant.scope)
  const period = usePeriodText()
  const now = useNow()
  const state = stateOf(grant, now)
  const Icon = looks[state]
  return (
    <Paper component="li" withBorder p="sm" radius="md" data-grant={grant.id}>
      <Group justify="space-between" gap="xs">
        <div style={{ minWidth: 0, flex: '1 1 16rem' }}>
          <Group gap="xs">
            <Icon size={18} aria-hidden />
            <Text fw={600}>{word('roles', grant.role)}</Text>
            {state !== 'valid' && (
              <Badge variant="default" tt="none" fw={500}>
                {t(state === 'later' ? 'accounts.later' : 'accounts.over')}
              </Badge>
            )}
          </Group>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {scope}
          </Text>
          <Text size="sm" c="dimmed">
            {period(grant, now)}
          </Text>
        </div>
        {actions}
      </Group>
    </Paper>
  )
}
