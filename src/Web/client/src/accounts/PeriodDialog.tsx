import { Text } from '@mantine/core'
import { useState } from 'react'
import { http } from '../api/http'
import { ChangedMeanwhile } from '../commands/ChangedMeanwhile'
import { ReasonField } from '../commands/ReasonField'
import type { InputFor } from '../commands/useCommand'
import { useSeen } from '../commands/useSeen'
import { useReader } from '../i18n'
import { DateTimeField } from '../time/DateTimeField'
import { instantOf, localOf, zoneCity } from '../time/format'
import { useNow } from '../time/useNow'
import { FormDialog } from './CommandForm'
import { deviceZone, usePeriodText, useScopeText } from './grants'
import { useForm } from './useForm'
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
  const command = useForm(
    (input: InputFor<NewPeriod>, commandId) => http.put<Account>(`/api/roles/${grant.id}`, { commandId, ...input }),
    done,
    ['from', 'until'],
    reread,
  )
  const current = account.grants.find(({ id }) => id === grant.id)
  const send = () => {
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
  return (
    <FormDialog
      title={t('accounts.changePeriodNamed', { role: word('roles', grant.role) })}
      command={command}
      send={send}
      act={t('shell.save')}
      close={close}
      changed={
        changed && (
          <ChangedMeanwhile
            facts={[{ name: t('accounts.period'), before: period(told, now), now: current ? period(current, now) : '' }]}
            renew={takeOver}
          />
        )
      }
      data-period
    >
      <Text size="sm">{scope}</Text>
      <DateTimeField
        step={30}
        required
        focused
        label={t('accounts.begin')}
        description={zoned}
        value={from}
        error={command.at('from')}
        onChange={setFrom}
      />
      <DateTimeField step={30} label={t('accounts.to')} description={zoned} value={until} error={command.at('until')} onChange={setUntil} />
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  )
}
