import { Button, Group, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { http, type Problem } from '../api/http'
import { useReader } from '../i18n'
import { ChangedMeanwhile } from '../live/ChangedMeanwhile'
import { useSeen } from '../live/useSeen'
import { ProblemNotice } from '../rostering/Findings'
import { weigh } from '../rostering/useCheck'
import { DateTimeField } from '../time/DateTimeField'
import { clock, instantOf, length, localOf, minute, shortDate, zoneCity } from '../time/format'
import { type ConferenceHead, lengthOf, type Session } from './programme'
import { SessionFindings, useSessionCheck } from './SessionFindings'

/** Moves a session to another time or room. Where a roster has booked it, the roster decides, and may ask for a reason; what stands against it is told while time and room are chosen. */
export function MoveSessionDialog({ session, head, close }: { session: Session; head: ConferenceHead; close: () => void }) {
  const { t, locale } = useReader()
  const { seen, changed, renew } = useSeen(session)
  const [busy, setBusy] = useState(false)
  const fact = (name: string, of: (session: Session) => string) => ({ name, before: of(seen), now: of(session) })
  const notice = changed && !busy && (
    <ChangedMeanwhile
      renew={renew}
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
      <MoveSessionForm key={seen.version} session={seen} head={head} notice={notice} busy={busy} setBusy={setBusy} close={close} />
    </Modal>
  )
}

function MoveSessionForm({
  session,
  head,
  notice,
  busy,
  setBusy,
  close,
}: {
  session: Session
  head: ConferenceHead
  notice: ReactNode
  busy: boolean
  setBusy: (busy: boolean) => void
  close: () => void
}) {
  const { t, locale } = useReader()
  const zone = head.timeZone
  const [start, setStart] = useState(session.start ? localOf(session.start, zone) : head.firstDay ? `${head.firstDay}T09:00` : '')
  const [minutes, setMinutes] = useState<number | string>(lengthOf(session.duration) / minute)
  const [room, setRoom] = useState<string | null>(session.room)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const [commandId, setCommandId] = useState(() => crypto.randomUUID())
  const url = `/api/conferences/${head.id}/sessions/${session.id}/move`
  const wish =
    start && minutes !== ''
      ? {
          commandId,
          start: new Date(instantOf(start, zone)).toISOString(),
          duration: Number(minutes),
          room: room ?? '',
          expectedVersion: session.version,
        }
      : null
  const check = useSessionCheck(`${url}/checks`, wish)
  const { warned, refused } = weigh(check?.findings ?? [])
  const asksReason = warned || (problem ? weigh(problem.findings).warned : false)
  const submit = async () => {
    if (!wish) return
    setBusy(true)
    setProblem(undefined)
    try {
      await http.post(url, { ...wish, reason: reason.trim() || undefined })
      close()
    } catch (error) {
      const answer = error as Problem
      // Refused is decided: what is tried next is another command. What was not answered is the same one again.
      if (answer.status !== 0 && answer.status < 500) setCommandId(crypto.randomUUID())
      setProblem(answer)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => (event.preventDefault(), void submit())}>
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
        {(asksReason || reason) && (
          <TextInput
            label={t('board.reason')}
            description={t('board.reasonHint')}
            required
            maxLength={500}
            value={reason}
            onChange={(e) => setReason(e.currentTarget.value)}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('shell.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!wish || refused || !!notice || (asksReason && !reason.trim())}>
            {t('conference.move')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
