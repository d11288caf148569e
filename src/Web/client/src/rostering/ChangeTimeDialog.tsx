import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { DateTimeField } from '../time/DateTimeField'
import { instantOf, localOf, zoneCity } from '../time/format'
import { Findings, ProblemNotice } from './Findings'
import type { Duty, Wish } from './roster'
import { useCheck } from './useCheck'
import { useCommand } from './useCommand'

/** Another time, length, week or room, typed in: for fingers, and for what a drag cannot reach. */
export function ChangeTimeDialog({ network, week, duty, names, close }: { network: string; week: string; duty: Duty; names: NetworkNames; close: () => void }) {
  const { t, locale } = useReader()
  const hospital = names.hospital(duty.hospital)
  const zone = hospital?.timeZone ?? names.zone
  const [start, setStart] = useState(localOf(duty.start, zone))
  const [end, setEnd] = useState(localOf(duty.end, zone))
  const [room, setRoom] = useState(duty.room ?? null)
  const [reason, setReason] = useState('')
  const command = useCommand(network, week)
  const shift = (value: string) => {
    // The length stays when the start moves.
    if (value) setEnd(localOf(instantOf(value, zone) + Date.parse(duty.end) - Date.parse(duty.start), zone))
    setStart(value)
  }
  const wish: Wish | null = start && end ? { type: 'changeTime', engagement: duty.id, expectedVersion: duty.version, start: new Date(instantOf(start, zone)).toISOString(), end: new Date(instantOf(end, zone)).toISOString(), room: room === (duty.room ?? null) ? undefined : room, reason: reason.trim() || undefined } : null
  const { findings, warned, refused } = useCheck(network, week, wish)
  const submit = async () => {
    if (wish && (await command.run(wish))) close()
  }
  const zoned = t('board.zoneHint', { zone: zoneCity(zone, locale) })
  return (
    <Modal opened onClose={close} title={t('board.changeTime')} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      <form onSubmit={(event) => (event.preventDefault(), void submit())}>
        <Stack gap="sm">
          <DateTimeField focused step={15} label={t('board.start')} description={zoned} required value={start} onChange={shift} />
          <DateTimeField step={15} label={t('board.end')} description={zoned} required value={end} onChange={setEnd} />
          {duty.room && <Select label={t('board.room')} data={hospital?.rooms.map((r) => ({ value: r.id, label: names.roomName(duty.hospital, r.id) })) ?? []} value={room} onChange={setRoom} allowDeselect={false} />}
          <div aria-live="polite"><Findings findings={findings} /></div>
          {warned && <TextInput label={t('board.reason')} description={t('board.reasonHint')} required maxLength={500} value={reason} onChange={(e) => setReason(e.currentTarget.value)} />}
          <ProblemNotice problem={command.problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{t('shell.cancel')}</Button>
            <Button type="submit" loading={command.busy} disabled={!wish || refused || (warned && !reason.trim())}>{t('board.move')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
