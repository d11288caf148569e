import { Button, Group, List, Loader, Paper, Stack, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { http } from '../api/http'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import { exact, relative } from '../time/format'
import { useNow } from '../time/useNow'
import { deviceZone, useMoment } from './grants'
import { NewTokenForm } from './NewTokenForm'
import { Sure } from './Sure'
import { TokenPanel } from './TokenPanel'
import type { Grant, MadeToken, TokenView } from './wire'

const address = '/api/tokens'

interface Props {
  /** The person of the account. Left out for the reader's own account. */
  readonly person?: string
  readonly roles: readonly Grant[]
}

/**
 * The tokens with which programs act for an account. People make tokens for themselves. Whoever looks after an account can withdraw its
 * tokens, and can make one if the account is made for a program. When a token is removed, the focus moves to what is left.
 */
export function Tokens({ person, roles }: Props) {
  const { t } = useReader()
  const at = person ? `${address}?person=${encodeURIComponent(person)}` : address
  const { data, error, mutate } = useResource<TokenView[]>(at)
  const [making, setMaking] = useState<boolean>()
  const about = useRef<HTMLParagraphElement>(null)
  const [made, setMade] = useState<MadeToken>()
  const isProgram = roles.length > 0 && roles.every(({ role }) => role === 'integration')
  const mayMake = !person || isProgram
  if (made) return <TokenPanel made={made} done={() => setMade(undefined)} />
  if (making)
    return (
      <NewTokenForm
        person={person}
        roles={roles}
        cancel={() => setMaking(false)}
        done={(token) => (setMaking(false), setMade(token), void mutate())}
      />
    )
  return (
    <Stack gap="sm" data-tokens>
      <Text size="sm" ref={about} tabIndex={-1}>
        {t(!person ? 'tokens.about' : isProgram ? 'tokens.aboutProgram' : 'tokens.aboutPerson')}
      </Text>
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      {!data && !error && <Loader aria-label={t('shell.loading')} />}
      {data?.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          {t('tokens.none')}
        </Text>
      )}
      {data && data.length > 0 && (
        <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
          {data.map((token) => (
            <Token key={token.id} token={token} gone={() => mutate().then(() => about.current?.focus())} />
          ))}
        </Stack>
      )}
      {mayMake && (
        <Group>
          <Button variant="default" data-do="make" autoFocus={making === false} onClick={() => setMaking(true)}>
            {t('tokens.make')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function Token({ token, gone }: { token: TokenView; gone: () => unknown }) {
  const { t, word, locale } = useReader()
  const moment = useMoment()
  const now = useNow()
  const [asked, setAsked] = useState<boolean>()
  const { withFactor, factorDialog } = useFactorAgain()
  const command = useCommand(() => withFactor(() => http.delete(`${address}/${token.id}`)), gone)
  return (
    <Paper component="li" withBorder p="sm" radius="md" data-token={token.id}>
      <Group justify="space-between" gap="xs" align="start">
        <div style={{ minWidth: 0, flex: '1 1 14rem' }}>
          <Group gap="xs" wrap="nowrap" align="start">
            <IconKey size={18} aria-hidden style={{ flex: 'none', marginBlockStart: 3 }} />
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              <bdi>{token.name}</bdi>
            </Text>
          </Group>
          <Text size="sm" title={token.lastUsedAt ? exact(token.lastUsedAt, deviceZone, locale) : undefined}>
            {token.lastUsedAt
              ? t('tokens.used', { when: relative(token.lastUsedAt, now, locale), address: token.lastAddress ?? '' })
              : t('tokens.neverUsed')}
          </Text>
          <Text size="sm" c="dimmed">
            {t('tokens.validUntil', { until: moment(token.until) })}
          </Text>
          {token.madeAt && (
            <Text size="sm" c="dimmed">
              {t('tokens.madeAt', { at: moment(token.madeAt) })}
            </Text>
          )}
          <details>
            <summary>
              <Text span size="sm">
                {t('tokens.may', { count: token.actions.length })}
              </Text>
            </summary>
            <List size="sm" ps="md">
              {token.actions.map((action) => (
                <List.Item key={action}>{word('actions', action)}</List.Item>
              ))}
            </List>
          </details>
        </div>
        {!asked && (
          <Button
            variant="default"
            size="xs"
            autoFocus={asked === false}
            aria-label={t('tokens.withdrawNamed', { name: token.name })}
            onClick={() => (command.clear(), setAsked(true))}
          >
            {t('tokens.withdraw')}
          </Button>
        )}
      </Group>
      {asked && (
        <Sure
          text={t('tokens.withdrawWhat')}
          keep={t('tokens.keep')}
          act={t('tokens.withdraw')}
          busy={command.busy}
          answer={(sure) => (sure ? void command.run() : setAsked(false))}
        />
      )}
      <ProblemNotice problem={command.problem} />
      {factorDialog}
    </Paper>
  )
}
