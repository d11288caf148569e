import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { http } from '../api/http'
import { ChangedMeanwhile } from '../commands/ChangedMeanwhile'
import { ProblemNotice } from '../commands/ProblemNotice'
import { ReasonField } from '../commands/ReasonField'
import { type InputFor, useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useSeen } from '../commands/useSeen'
import { useReader } from '../i18n'
import { DateTimeField } from '../time/DateTimeField'
import { instantOf, localOf, zoneCity } from '../time/format'
import { useNow } from '../time/useNow'
import { useFaults } from './faults'
import { deviceZone, usePeriodText, useScopeText } from './grants'
import type { Account, Grant, NewPeriod } from './wire'

interface Props {
  readonly account: Account
  readonly grant: Grant
  /** Reads the account again if somebody else has changed it. */
  readonly reread: () => void
  readonly close: () => void
  readonly done: (account: Account) => void
}

const local = (instant: string | null | undefined) => (instant ? localOf(instant, deviceZone) : '')
const isoOf = (text: string) => new Date(instantOf(text, deviceZone)).toISOString()

/** Changes the period in which a role counts. A time that the reader does not change keeps its seconds. */
export function PeriodDialog({ account, grant, reread, close, done }: Props) {
  const { t, word, locale } = useReader()
  const { seen, changed, renew } = useSeen(account)
  const [told, setTold] = useState(grant)
  const [from, setFrom] = useState(() => local(grant.from))
  const [until, setUntil] = useState(() => local(grant.until))
  const [reason, setReason] = useState('')
  const period = usePeriodText()
  const scope = useScopeText(grant.scope)
  const now = useNow()
  const { withFactor, asking, factorDialog } = useFactorAgain()
  const command = useCommand(async (input: InputFor<NewPeriod>, commandId) => {
    try {
      return await withFactor(() => http.put<Account>(`/api/roles/${grant.id}`, { commandId, ...input }))
    } catch (error) {
      reread()
      throw error
    }
  }, done)
  const { at, rest } = useFaults(command.problem, ['from', 'until'])
  const current = account.grants.find(({ id }) => id === grant.id)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!from) return
    void command.run({
      from: from === local(told.from) ? told.from : isoOf(from),
      until: !until ? null : until === local(told.until) ? told.until! : isoOf(until),
      expectedVersion: seen.version,
      reason: reason.trim(),
    })
  }
  const takeOver = () => {
    renew()
    if (current) {
      setTold(current)
      setFrom(local(current.from))
      setUntil(local(current.until))
    }
    command.clear()
  }
  const zoned = t('board.zoneHint', { zone: zoneCity(deviceZone, locale) })
  const fault = at('until') ?? at('from')
  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside={false}
      closeOnEscape={!asking}
      title={t('accounts.changePeriodNamed', { role: word('roles', grant.role) })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={submit} data-period>
        <Stack gap="sm">
          <Text size="sm">{scope}</Text>
          {changed && (
            <ChangedMeanwhile
              facts={[{ name: t('accounts.period'), before: period(told, now), now: current ? period(current, now) : '' }]}
              renew={takeOver}
            />
          )}
          <DateTimeField step={30} required focused label={t('accounts.begin')} description={zoned} value={from} onChange={setFrom} />
          <DateTimeField step={30} label={t('accounts.to')} description={zoned} value={until} onChange={setUntil} />
          {fault && (
            <Text size="xs" role="alert" c="var(--hub-warning)">
              {fault}
            </Text>
          )}
          <ReasonField value={reason} onChange={setReason} />
          {!changed && <ProblemNotice problem={rest} waiting={command.waiting} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={command.busy} disabled={changed}>
              {t('shell.save')}
            </Button>
          </Group>
        </Stack>
      </form>
      {factorDialog}
    </Modal>
  )
}
