import { Button, Checkbox, Group, Modal, NumberInput, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { http, type Problem } from '../../api/http'
import type { Conference, TopicItemDraftSession } from '../../api/schema'
import { useReader } from '../../i18n'
import { ProblemNotice } from '../../rostering/Findings'
import { DateTimeField } from '../../time/DateTimeField'
import { instantOf, localOf, minute, zoneCity } from '../../time/format'
import { lengthOf } from '../programme'
import { SessionFindings, useSessionCheck } from '../SessionFindings'

/** One session of the draft: edited, or new. */
export function DraftSessionDialog({ item, head, close }: { item: TopicItemDraftSession | undefined; head: Conference; close: () => void }) {
  const { t, locale } = useReader()
  const session = item?.session
  const zone = head.timeZone
  const [title, setTitle] = useState(session?.title ?? '')
  const [start, setStart] = useState(session?.start ? localOf(session.start, zone) : '')
  const [minutes, setMinutes] = useState<number | string>(session ? lengthOf(session.duration) / minute : 45)
  const [room, setRoom] = useState<string | null>(session?.room ?? '')
  const [track, setTrack] = useState(session?.track ?? '')
  const [speakers, setSpeakers] = useState((session?.speakers ?? []).map((s) => s.name).join('\n'))
  const [abstract, setAbstract] = useState(session?.abstract ?? '')
  const [cancelled, setCancelled] = useState(session?.cancelled ?? false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const commandId = useRef(crypto.randomUUID())
  const url = `/api/conferences/${head.id}/draft/sessions`
  const ask = async (what: () => Promise<unknown>) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await what()
      close()
    } catch (failed) {
      const refused = failed as Problem
      // Refused is decided: what is tried next is another command.
      if (refused.status !== 0 && refused.status < 500) commandId.current = crypto.randomUUID()
      setProblem(refused)
      setBusy(false)
    }
  }
  // A speaker who stays keeps the link to a consultant.
  const named = speakers.split('\n').map((name) => name.trim()).filter(Boolean).map((name) => session?.speakers.find((s) => s.name === name) ?? { name })
  const placed = start && minutes !== '' && !cancelled ? { session: session?.id, start: new Date(instantOf(start, zone)).toISOString(), duration: Number(minutes), room: room ?? '', speakers: named } : null
  const check = useSessionCheck(`/api/conferences/${head.id}/draft/checks`, placed)
  const save = () => {
    const body = {
      commandId: commandId.current, title: title.trim(), subtitle: session?.subtitle, abstract: abstract.trim() || undefined, start: start ? new Date(instantOf(start, zone)).toISOString() : undefined, duration: Number(minutes) || 0,
      room: room ?? '', track: track.trim() || undefined, kind: session?.kind, language: session?.language, speakers: named, cancelled, expectedVersion: item?.version,
    }
    return ask(() => (session ? http.put(`${url}/${session.id}`, body) : http.post(url, body)))
  }
  return (
    <Modal opened onClose={close} size="lg" title={t(session ? 'releases.edit' : 'releases.add')} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      <form onSubmit={(event) => (event.preventDefault(), void save())}>
        <Stack gap="sm">
          <TextInput data-autofocus label={t('releases.name')} required maxLength={300} value={title} onChange={(e) => setTitle(e.currentTarget.value)} name="title" />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <DateTimeField step={5} label={t('conference.start')} description={t('conference.zone', { zone: zoneCity(zone, locale) })} value={start} onChange={setStart} />
            <NumberInput label={t('conference.minutes')} description={' '} min={0} max={44640} required value={minutes} onChange={setMinutes} hideControls />
            <Select label={t('conference.room')} searchable clearable clearButtonProps={{ 'aria-label': t('board.clear') }} data={head.rooms.map((r) => r.name)} value={room} onChange={setRoom} />
            <TextInput label={t('conference.track')} maxLength={200} value={track} onChange={(e) => setTrack(e.currentTarget.value)} />
          </SimpleGrid>
          <Textarea label={t('releases.speakers')} description={t('releases.oneALine')} autosize minRows={2} value={speakers} onChange={(e) => setSpeakers(e.currentTarget.value)} />
          <Textarea label={t('releases.abstract')} autosize minRows={3} maxRows={12} maxLength={20000} value={abstract} onChange={(e) => setAbstract(e.currentTarget.value)} />
          <Checkbox label={t('conference.cancelled')} checked={cancelled} onChange={(e) => setCancelled(e.currentTarget.checked)} />
          <SessionFindings check={check} zone={zone} />
          <ProblemNotice problem={problem} />
          <Group justify="space-between">
            {session ? <Button variant="subtle" color="red" loading={busy} onClick={() => void ask(() => http.delete(`${url}/${session.id}`))}>{t('releases.remove')}</Button> : <span />}
            <Group><Button variant="default" onClick={close}>{t('shell.cancel')}</Button><Button type="submit" loading={busy} disabled={!title.trim() || minutes === ''}>{t('shell.save')}</Button></Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
