import { Button, Group, Modal, NumberInput, Select, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { http } from '../api/http'
import type { MoveRequest } from '../api/schema'
import { ChangedMeanwhile } from '../commands/ChangedMeanwhile'
import { ProblemNotice } from '../commands/ProblemNotice'
import { ReasonField } from '../commands/ReasonField'
import { weigh } from '../commands/useCheck'
import { type Command, useCommand, type InputFor } from '../commands/useCommand'
import { useSeen } from '../commands/useSeen'
import { useReader } from '../i18n'
import { DateTimeField } from '../time/DateTimeField'
import { clock, instantOf, length, localOf, minute, shortDate, zoneCity } from '../time/format'
import { type ConferenceHead, lengthOf, type Session } from './programme'
import { SessionFindings } from './SessionFindings'
import { useSessionCheck } from './useSessionCheck'

type CommandInput = InputFor<MoveRequest>

const moveUrl = (head: ConferenceHead, session: Session) => `/api/conferences/${head.id}/sessions/${session.id}/move`

/**
 * Moves a session to another time or room. If a roster has booked the session, the roster decides and may ask for a reason. Conflicts
 * appear while the person chooses time and room.
 */
export function MoveSessionDialog({ session, head, close }: { session: Session; head: ConferenceHead; close: () => void }) {
  const { t, locale } = useReader()
  const { seen, changed, renew } = useSeen(session)
  const command = useCommand((input: CommandInput, commandId) => http.post(moveUrl(head, session), { ...input, commandId }), close)
  const fact = (name: string, of: (session: Session) => string) => ({ name, before: of(seen), now: of(session) })
  const notice = changed && !command.busy && (
    <ChangedMeanwhile
      renew={() => (command.clear(), renew())}
      facts={[
        fact(t('conference.start'), (s) =>
          s.start ? `${shortDate(s.start, head.timeZone, locale)} ${clock(s.start, head.timeZone, locale)}` : t('conference.noTime'),
        ),
        fact(t('conference.minutes'), (s) => length(lengthOf(s.duration), locale)),
        fact(t('conference.room'), (s) => s.room),
      ]}
    />
  )
  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside={false}
      title={t('conference.moveTitle', { title: session.title })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <MoveSessionForm key={seen.version} session={seen} head={head} notice={notice} command={command} close={close} />
    </Modal>
  )
}

function MoveSessionForm({
  session,
  head,
  notice,
  command,
  close,
}: {
  session: Session
  head: ConferenceHead
  notice: ReactNode
  command: Command<CommandInput>
  close: () => void
}) {
  const { t, locale } = useReader()
  const zone = head.timeZone
  const [start, setStart] = useState(session.start ? localOf(session.start, zone) : head.firstDay ? `${head.firstDay}T09:00` : '')
  const [minutes, setMinutes] = useState<number | string>(lengthOf(session.duration) / minute)
  const [room, setRoom] = useState<string | null>(session.room)
  const [reason, setReason] = useState('')
  const [checkId] = useState(() => crypto.randomUUID())
  const input: CommandInput | null =
    start && minutes !== ''
      ? {
          start: new Date(instantOf(start, zone)).toISOString(),
          duration: Number(minutes),
          room: room ?? '',
          expectedVersion: session.version,
        }
      : null
  const check = useSessionCheck(`${moveUrl(head, session)}/checks`, input && { ...input, commandId: checkId })
  const { warned, refused } = weigh(check?.findings ?? [])
  const { problem } = command
  const asksReason = warned || (problem ? weigh(problem.findings).warned : false)
  const submit = () => input && void command.run({ ...input, reason: reason.trim() || undefined })
  return (
    <form onSubmit={(event) => (event.preventDefault(), submit())}>
      <Stack gap="sm">
        {notice}
        <DateTimeField
          focused
          step={5}
          required
          label={t('conference.start')}
          description={t('conference.zone', { zone: zoneCity(zone, locale) })}
          value={start}
          onChange={setStart}
        />
        <NumberInput label={t('conference.minutes')} min={0} max={44640} required value={minutes} onChange={setMinutes} hideControls />
        <Select
          label={t('conference.room')}
          searchable
          data={[...new Set([session.room, ...head.rooms.map((r) => r.name)])].filter(Boolean)}
          value={room}
          onChange={setRoom}
          allowDeselect={false}
        />
        <SessionFindings check={check} zone={zone} />
        <ProblemNotice problem={problem} />
        {(asksReason || reason) && <ReasonField value={reason} onChange={setReason} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('shell.cancel')}
          </Button>
          <Button type="submit" loading={command.busy} disabled={!input || refused || !!notice || (asksReason && !reason.trim())}>
            {t('conference.move')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
