import { Button, Center, List, Loader, Text } from '@mantine/core'
import { useState } from 'react'
import useSWR from 'swr'
import { FormDialog } from '../../accounts/CommandForm'
import { useForm } from '../../accounts/useForm'
import { http, type Problem } from '../../api/http'
import type { Conference, EditEffects, SessionRecord } from '../../api/schema'
import { Notice } from '../../commands/Notice'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { ReasonField } from '../../commands/ReasonField'
import { useReader } from '../../i18n'
import { nearDate } from '../../time/format'
import { edited, foresee, send, type Target, withdrawn } from './edit'

interface Props {
  readonly target: Target
  readonly zone: string
  /** How it ends: it stays visible as cancelled, or nothing of it stays. */
  readonly how: 'withdraw' | 'delete'
  readonly close: () => void
  readonly done: (how: 'withdraw' | 'delete') => void
}

/** Withdraws or deletes a conference or a session. First it shows what this leads to. What is in use can only be withdrawn. */
export default function EndDialog({ target, zone, how: asked, close, done }: Props) {
  const { t } = useReader()
  const [how, setHow] = useState(asked)
  const [reason, setReason] = useState('')
  const seen = useSWR<Seen, Problem>(['end', target.url, how], () => look(target, how), {
    revalidateOnFocus: false,
    dedupingInterval: 0,
    shouldRetryOnError: false,
  })
  const command = useForm(
    async (said: string, commandId) => {
      const { tag, body } = seen.data!
      await send(target.url, { tag, body, commandId, reason: said })
    },
    () => done(how),
    [],
    // Somebody may have changed it meanwhile, so the person sees again what this leads to.
    () => void seen.mutate(),
  )
  const effects = seen.data?.effects
  const inUse = how === 'delete' && !!effects && effects.uses > 0
  return (
    <FormDialog
      title={t(how === 'withdraw' ? 'edits.withdrawTitle' : 'edits.deleteTitle', { title: target.title })}
      command={command}
      send={() => void command.run(reason.trim())}
      act={t(how === 'withdraw' ? 'edits.withdraw' : 'edits.delete')}
      disabled={!effects || inUse || (effects.needsReason && !reason.trim())}
      close={close}
      data-end={how}
    >
      <Text size="sm">
        {t(how === 'delete' ? 'edits.deleteAbout' : target.what === 'session' ? 'edits.withdrawSession' : 'edits.withdrawConference')}
      </Text>
      <ProblemNotice problem={seen.error} title={t('shell.notRead')} />
      {!effects && !seen.error && (
        <Center>
          <Loader size="sm" aria-label={t('shell.loading')} />
        </Center>
      )}
      {effects && <Effects of={effects} zone={zone} />}
      {inUse && (
        <Notice kind="refusal" role="alert" title={t('edits.inUse', { count: effects.uses })}>
          <Uses of={effects} />
          <Button size="xs" variant="default" mt="xs" data-do="instead" onClick={() => setHow('withdraw')}>
            {t('edits.withdrawInstead')}
          </Button>
        </Notice>
      )}
      {effects?.needsReason && !inUse && <ReasonField value={reason} onChange={setReason} />}
    </FormDialog>
  )
}

interface Seen {
  readonly tag: string
  readonly body: object | undefined
  readonly effects: EditEffects
}

async function look(target: Target, how: 'withdraw' | 'delete'): Promise<Seen> {
  const { value, tag } = await http.exchange<Conference | SessionRecord>('GET', edited(target.url))
  const body = how === 'withdraw' ? withdrawn(target.what, value) : undefined
  return { tag: tag ?? '*', body, effects: await foresee(target.url, { tag: tag ?? '*', body }) }
}

/** What an edit leads to, in sentences. */
function Effects({ of, zone }: { of: EditEffects; zone: string }) {
  const { t, locale } = useReader()
  const lines = [
    of.draft && t('edits.intoDraft'),
    of.dropsDraft && t('edits.dropsDraft'),
    of.sessions > 1 && t('edits.sessions', { count: of.sessions }),
    of.bookings > 0 && t('edits.bookings', { count: of.bookings }),
    of.told > 0 && t('edits.told', { count: of.told }),
    of.registered > 0 && t('edits.registered', { count: of.registered }),
    of.roles > 0 && t('edits.roles', { count: of.roles }),
    of.favourites > 0 && t('edits.favourites', { count: of.favourites }),
    of.places + of.waiting > 0 && t('edits.places', { count: of.places + of.waiting }),
    of.releases > 0 && t('edits.releases', { count: of.releases }),
    of.attended > 0 && t('edits.attended', { count: of.attended }),
    of.certificates > 0 && t('edits.certificates', { count: of.certificates }),
  ].filter((line) => line !== false)
  return (
    <div role="status" data-effects>
      {lines.length === 0 ? (
        <Text size="sm">{t('edits.noEffects')}</Text>
      ) : (
        <List size="sm">
          {lines.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      )}
      {of.cancelledBookings.length > 0 && (
        <List size="sm" listStyleType="none" c="dimmed">
          {of.cancelledBookings.map((booking) => (
            <List.Item key={booking.engagement}>
              <bdi>{booking.title}</bdi>
              {booking.start && ` · ${nearDate(booking.start, zone, locale)}`}
            </List.Item>
          ))}
          {of.bookings > of.cancelledBookings.length && (
            <List.Item>{t('edits.moreUses', { count: of.bookings - of.cancelledBookings.length })}</List.Item>
          )}
        </List>
      )}
    </div>
  )
}

/** The things that prevent a deletion. */
function Uses({ of }: { of: EditEffects }) {
  const { t, word } = useReader()
  return (
    <List size="sm" listStyleType="none">
      {of.usedBy.map((use) => (
        <List.Item key={`${use.table} ${use.id}`}>{word('uses', use.table, { name: use.name })}</List.Item>
      ))}
      {of.uses > of.usedBy.length && <List.Item>{t('edits.moreUses', { count: of.uses - of.usedBy.length })}</List.Item>}
    </List>
  )
}
