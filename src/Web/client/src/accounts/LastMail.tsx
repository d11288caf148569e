import { Text } from '@mantine/core'
import { IconMail, IconMailCheck, IconMailOff, IconMailX } from '@tabler/icons-react'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'
import { relative } from '../time/format'
import { useNow } from '../time/useNow'
import classes from './Accounts.module.css'
import type { MailView } from './wire'

const icons = { waiting: IconMail, sent: IconMailCheck, undeliverable: IconMailX, expired: IconMailOff, replaced: IconMailOff }

/** The address of the newest mails to a person. */
export const mailsOf = (person: string) => `/api/people/${encodeURIComponent(person)}/mails`

/** Whether the last mail to a person was sent, waits or failed, and why. Nothing is shown if there was none. */
export function LastMail({ person }: { person: string }) {
  const { t, word, locale } = useReader()
  const now = useNow()
  const { data } = useResource<MailView[]>(mailsOf(person), (mails) => (mails?.[0]?.state === 'waiting' ? 5_000 : 0))
  const last = data?.[0]
  if (!last) return null
  const Icon = icons[last.state]
  const text = {
    kind: word('mailKinds', last.kind),
    state: word('mailStates', last.state),
    when: relative(last.changedAt ?? last.at, now, locale),
  }
  return (
    <div data-mail={last.state}>
      <Text c={last.state === 'undeliverable' ? undefined : 'dimmed'} className={classes.state}>
        <Icon size={16} aria-hidden />
        <span>{t('mail.lastWhen', text)}</span>
      </Text>
      {last.why && last.state !== 'sent' && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('mail.serverSaid', { why: last.why })}
        </Text>
      )}
      {last.state === 'waiting' && last.tries > 0 && last.nextAt && (
        <Text size="sm" c="dimmed">
          {t('mail.nextTry', { when: relative(last.nextAt, now, locale) })}
        </Text>
      )}
    </div>
  )
}
