import {
  Button,
  Checkbox,
  Group,
  Modal,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core'
import { useState } from 'react'
import type { EngagementKind, Purpose } from '../api/schema'
import { Findings } from '../commands/Findings'
import { ProblemNotice } from '../commands/ProblemNotice'
import { ReasonField } from '../commands/ReasonField'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { DateTimeField } from '../time/DateTimeField'
import { addDays, hour, instantOf, localOf, longDate, weekOf, zoneCity } from '../time/format'
import { kindIcons } from './look'
import { PurposeField } from './Purpose'
import type { CommandInput } from './roster'
import { useRosterCheck } from './useRosterCheck'
import { useRosterCommand } from './useRosterCommand'

/** A local time so many weeks later. */
const inWeeks = (local: string, weeks: number) => `${addDays(local.slice(0, 10), 7 * weeks)}${local.slice(10)}`

export interface Blank {
  readonly hospital: string | null
  readonly room: string | null
  readonly consultant: string | null
  readonly start: number
  readonly specialty?: string | null
}

/** Plans a new engagement. Conflicts appear while the form is filled in. */
export function PlanDialog({
  network,
  blank,
  names,
  purpose: given = null,
  kind: firstKind = 'consultation',
  close,
  done,
}: {
  network: string
  blank: Blank
  names: NetworkNames
  /** The cohort or the initiative for which the form plans at first. */
  purpose?: Purpose | null
  /** The kind with which the form begins. */
  kind?: EngagementKind
  close: () => void
  done: (id: string) => void
}) {
  const { t, word, locale } = useReader()
  const first = blank.consultant ? names.consultant(blank.consultant) : undefined
  const zone = (id: string | null) => (id ? names.hospital(id)?.timeZone : undefined) ?? names.zone
  const [id] = useState(() => `e-${crypto.randomUUID()}`)
  const [kind, setKind] = useState<EngagementKind>(firstKind)
  const [title, setTitle] = useState('')
  const [hospital, setHospital] = useState(blank.hospital)
  const [room, setRoom] = useState(blank.room)
  const [specialty, setSpecialty] = useState(blank.specialty ?? first?.specialties[0] ?? null)
  const [consultants, setConsultants] = useState<string[]>(blank.consultant ? [blank.consultant] : [])
  const [start, setStart] = useState(localOf(blank.start, zone(blank.hospital)))
  const [end, setEnd] = useState(localOf(blank.start + hour, zone(blank.hospital)))
  const [attendees, setAttendees] = useState<number | string>('')
  const [needs, setNeeds] = useState<string[]>([])
  const [caseReference, setCaseReference] = useState('')
  const [confirmed, setConfirmed] = useState(false)
  const [reason, setReason] = useState('')
  const [purpose, setPurpose] = useState<Purpose | null>(given)
  const [weeks, setWeeks] = useState<number | string>(1)
  const [planned, setPlanned] = useState(0)
  const [running, run] = useState(false)
  const count = Number(weeks) || 1
  const complete = title.trim() && hospital && specialty && start && end
  /** The same engagement so many weeks later, at the same time of the hospital's clock. */
  const plan = (i: number): CommandInput | null =>
    complete
      ? {
          type: 'plan',
          engagement: i === 0 ? id : `${id}-${i + 1}`,
          kind,
          title: title.trim(),
          hospital,
          room,
          consultants,
          specialty,
          confirmed,
          start: new Date(instantOf(inWeeks(start, i), zone(hospital))).toISOString(),
          end: new Date(instantOf(inWeeks(end, i), zone(hospital))).toISOString(),
          attendees: attendees === '' ? undefined : Number(attendees),
          needs,
          purpose,
          caseReference: caseReference.trim() || undefined,
        }
      : null
  // An engagement belongs to the week of its start in the network's zone.
  const week = (i: number) => weekOf(localOf(start ? instantOf(inWeeks(start, i), zone(hospital)) : blank.start, names.zone))
  const command = useRosterCommand(network, week(planned))
  // The form checks and asks about the first engagement that is not planned yet.
  const next = plan(planned)
  const input = next && { ...next, reason: reason.trim() || undefined }
  const { findings, warned, refused } = useRosterCheck(network, week(planned), input)
  const submit = async () => {
    if (!input) return
    run(true)
    // What is planned stays planned if a later week refuses. The reason is only for the engagement whose warnings the person has seen.
    for (let i = planned; i < count; i++) {
      if (!(await command.run(i === planned ? input : plan(i)!, week(i)))) return run(false)
      setPlanned(i + 1)
      setReason('')
    }
    run(false)
    close()
    done(id)
  }
  const leave = () => running || close()
  const rooms = hospital ? (names.hospital(hospital)?.rooms ?? []) : []
  const able = names.consultants.filter((c) => !specialty || c.specialties.includes(specialty))
  const zoned = t('board.zoneHint', { zone: zoneCity(zone(hospital), locale) })
  return (
    <Modal
      opened
      onClose={leave}
      title={t('board.create')}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={(event) => (event.preventDefault(), void submit())}>
        <Stack gap="sm">
          <TextInput
            data-autofocus
            name="title"
            label={t('board.name')}
            description={t('board.nameHint')}
            required
            maxLength={120}
            value={title}
            onChange={(e) => setTitle(e.currentTarget.value)}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select
              label={t('board.kind')}
              data={Object.keys(kindIcons).map((k) => ({ value: k, label: word('kinds', k) }))}
              value={kind}
              onChange={(v) => v && setKind(v as EngagementKind)}
              allowDeselect={false}
            />
            <Select
              label={t('board.specialty')}
              required
              searchable
              data={names.specialties.map((s) => ({ value: s.code, label: names.specialtyName(s.code) }))}
              value={specialty}
              onChange={setSpecialty}
            />
            <Select
              label={t('board.hospital')}
              required
              searchable
              data={names.hospitals.map((h) => ({ value: h.id, label: names.hospitalName(h.id) }))}
              value={hospital}
              onChange={(v) => (setHospital(v), setRoom(null))}
            />
            <Select
              label={t('board.room')}
              placeholder={t('board.noRoom')}
              clearable
              data={rooms.map((r) => ({ value: r.id, label: names.roomName(hospital!, r.id) }))}
              value={room}
              onChange={setRoom}
              clearButtonProps={{ 'aria-label': t('board.noRoom') }}
            />
            <DateTimeField step={15} label={t('board.start')} description={zoned} required value={start} onChange={setStart} />
            <DateTimeField step={15} label={t('board.end')} description={zoned} required value={end} onChange={setEnd} />
          </SimpleGrid>
          <MultiSelect
            label={t('board.consultants')}
            searchable
            clearable
            maxValues={10}
            data={able.map((c) => ({ value: c.id, label: names.personName(c.id) }))}
            value={consultants}
            onChange={setConsultants}
            clearButtonProps={{ 'aria-label': t('board.clear') }}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <NumberInput label={t('board.attendees')} min={0} max={10000} value={attendees} onChange={setAttendees} hideControls />
            <TextInput
              label={t('board.caseReference')}
              description={t('board.caseHint')}
              maxLength={40}
              value={caseReference}
              onChange={(e) => setCaseReference(e.currentTarget.value)}
            />
          </SimpleGrid>
          <TagsInput
            label={t('board.needs')}
            description={t('board.needsHint')}
            maxTags={10}
            maxLength={60}
            splitChars={[';', ',']}
            acceptValueOnBlur
            clearable
            data={[...new Set(rooms.flatMap((r) => r.equipment ?? []))].sort((a, b) => a.localeCompare(b))}
            value={needs}
            onChange={setNeeds}
            clearButtonProps={{ 'aria-label': t('board.clear') }}
          />
          <PurposeField network={network} value={purpose} onChange={setPurpose} />
          <NumberInput
            name="weeks"
            label={t('board.weeks')}
            description={t('board.weeksHint')}
            min={1}
            max={26}
            clampBehavior="strict"
            allowDecimal={false}
            maw="16rem"
            value={weeks}
            onChange={setWeeks}
          />
          <Checkbox label={t('board.confirmed')} checked={confirmed} onChange={(e) => setConfirmed(e.currentTarget.checked)} />
          <div aria-live="polite">
            {complete ? (
              findings.length > 0 ? (
                <Findings findings={findings} />
              ) : (
                <Text size="sm" c="dimmed">
                  {t('board.noConflicts')}
                </Text>
              )
            ) : (
              <Text size="sm" c="dimmed">
                {t('board.fix')}
              </Text>
            )}
          </div>
          {warned && <ReasonField value={reason} onChange={setReason} />}
          {planned > 0 && planned < count && !running && start && (
            <Text size="sm" role="status">
              {t('board.plannedSoFar', {
                planned,
                count,
                day: longDate(instantOf(inWeeks(start, planned), zone(hospital)), zone(hospital), locale),
              })}
            </Text>
          )}
          <ProblemNotice problem={command.problem} />
          <Group justify="flex-end">
            <Button variant="default" disabled={running} onClick={leave}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={running} disabled={!input || refused || (warned && !reason.trim())}>
              {t('board.plan')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
