import { Button, Group, Modal, Select, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Findings } from '../commands/Findings'
import { ProblemNotice } from '../commands/ProblemNotice'
import { ReasonField } from '../commands/ReasonField'
import { useSeen } from '../commands/useSeen'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { DateTimeField } from '../time/DateTimeField'
import { instantOf, localOf, zoneCity } from '../time/format'
import { ChangedEngagement } from './ChangedEngagement'
import type { Engagement, CommandInput } from './roster'
import { useRosterCheck } from './useRosterCheck'
import { type UsedRosterCommand, useRosterCommand } from './useRosterCommand'

/**
 * The fields that a person has changed. `since` is the last start that was not empty. The end is computed from `since` until the person
 * types an end.
 */
interface Typed {
  readonly start?: string
  readonly since?: string
  readonly end?: string
  readonly room?: string | null
}

/** A form for another time, length, week or room of an engagement. It serves touch screens, and changes that a drag cannot make. */
export function ChangeTimeDialog({
  network,
  week,
  engagement,
  names,
  close,
}: {
  network: string
  week: string
  engagement: Engagement
  names: NetworkNames
  close: () => void
}) {
  const { t } = useReader()
  const { seen, changed, renew } = useSeen(engagement)
  const command = useRosterCommand(network, week)
  const notice = changed && !command.busy && <ChangedEngagement seen={seen} live={engagement} names={names} renew={renew} />
  return (
    <Modal
      opened
      onClose={close}
      title={t('board.changeTime')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <ChangeTimeForm network={network} week={week} engagement={seen} names={names} command={command} notice={notice} close={close} />
    </Modal>
  )
}

function ChangeTimeForm({
  network,
  week,
  engagement,
  names,
  command,
  notice,
  close,
}: {
  network: string
  week: string
  engagement: Engagement
  names: NetworkNames
  command: UsedRosterCommand
  notice: ReactNode
  close: () => void
}) {
  const { t, locale } = useReader()
  const hospital = names.hospital(engagement.hospital)
  const zone = hospital?.timeZone ?? names.zone
  // The typed fields stay when the person takes over what somebody else has changed in other fields.
  const [typed, setTyped] = useState<Typed>({})
  const set = (part: Typed) => setTyped((now) => ({ ...now, ...part }))
  const start = typed.start ?? localOf(engagement.start, zone)
  // The length stays the same when the start moves.
  const follows = typed.since ? instantOf(typed.since, zone) + Date.parse(engagement.end) - Date.parse(engagement.start) : engagement.end
  const end = typed.end ?? localOf(follows, zone)
  const room = typed.room ?? engagement.room ?? null
  const [reason, setReason] = useState('')
  const shift = (value: string) => set(value ? { start: value, since: value, end: undefined } : { start: value })
  const input: CommandInput | null =
    start && end
      ? {
          type: 'changeTime',
          engagement: engagement.id,
          expectedVersion: engagement.version,
          start: new Date(instantOf(start, zone)).toISOString(),
          end: new Date(instantOf(end, zone)).toISOString(),
          room: room === (engagement.room ?? null) ? undefined : room,
          reason: reason.trim() || undefined,
        }
      : null
  const { findings, warned, refused } = useRosterCheck(network, week, input)
  const submit = async () => {
    if (input && (await command.run(input))) close()
  }
  const zoned = t('board.zoneHint', { zone: zoneCity(zone, locale) })
  return (
    <form onSubmit={(event) => (event.preventDefault(), void submit())}>
      <Stack gap="sm">
        {notice}
        <DateTimeField focused step={15} label={t('board.start')} description={zoned} required value={start} onChange={shift} />
        <DateTimeField step={15} label={t('board.end')} description={zoned} required value={end} onChange={(to) => set({ end: to })} />
        {engagement.room && (
          <Select
            label={t('board.room')}
            value={room}
            data={hospital?.rooms.map((r) => ({ value: r.id, label: names.roomName(engagement.hospital, r.id) })) ?? []}
            onChange={(value) => set({ room: value })}
            allowDeselect={false}
          />
        )}
        <div aria-live="polite">
          <Findings findings={findings} />
        </div>
        {warned && <ReasonField value={reason} onChange={setReason} />}
        <ProblemNotice problem={command.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('shell.cancel')}
          </Button>
          <Button type="submit" loading={command.busy} disabled={!input || refused || !!notice || (warned && !reason.trim())}>
            {t('board.move')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
