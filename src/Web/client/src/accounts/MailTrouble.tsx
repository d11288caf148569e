import { Anchor, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import { useResource } from '../api/useResource'
import { Notice } from '../commands/Notice'
import { useReader } from '../i18n'
import { usePersonName } from './usePersonName'
import type { MailStatus } from './wire'

const named = 5

/** Says which mails could not be delivered, and whether mails wait because the mail server does not take them. */
export function MailTrouble() {
  const { t } = useReader()
  const { data } = useResource<MailStatus>('/api/mail', 60_000)
  if (!data || (data.failed.length === 0 && !data.why)) return null
  const people = [...new Set(data.failed.map((mail) => mail.person))]
  return (
    <div style={{ marginBlockEnd: 'var(--mantine-spacing-sm)' }} data-mail-trouble>
      <Notice kind="warning" title={t('mail.troubleTitle')}>
        <Stack gap={4}>
          {data.why && (
            <>
              <Text size="sm">{t('mail.troubleWaiting', { count: data.deferred })}</Text>
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {t('mail.serverSaid', { why: data.why })}
              </Text>
            </>
          )}
          {people.length > 0 && (
            <>
              <Text size="sm">{t('mail.troubleFailed', { count: data.failed.length })}</Text>
              <ul style={{ margin: 0, paddingInlineStart: '1.2em' }}>
                {people.slice(0, named).map((person) => (
                  <li key={person}>
                    <Person person={person} />
                  </li>
                ))}
              </ul>
              {people.length > named && <Text size="sm">{t('mail.troubleMore', { count: people.length - named })}</Text>}
            </>
          )}
        </Stack>
      </Notice>
    </div>
  )
}

function Person({ person }: { person: string }) {
  const name = usePersonName(person)
  return (
    <Anchor component={Link} href={`/accounts/${encodeURIComponent(person)}`} size="sm" c="inherit" underline="always">
      <bdi>{name}</bdi>
    </Anchor>
  )
}
