import { Button, Checkbox, Group, Modal, NumberInput, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { http } from '../../api/http'
import type { Conference, Consultant, DraftEdit, TopicItemDraftSession } from '../../api/schema'
import { useResource } from '../../api/useResource'
import { ChangedMeanwhile } from '../../commands/ChangedMeanwhile'
import { Notice } from '../../commands/Notice'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useCommand, type InputFor } from '../../commands/useCommand'
import { ReasonField } from '../../commands/ReasonField'
import { weigh } from '../../commands/useCheck'
import { useSeen } from '../../commands/useSeen'
import { useReader } from '../../i18n'
import { DateTimeField } from '../../time/DateTimeField'
import { instantOf, localOf, minute, nearDate, zoneCity } from '../../time/format'
import { useForesight, useLiveSession } from '../edits/useLiveSession'
import { languageName, lengthOf } from '../programme'
import { SessionFindings } from '../SessionFindings'
import { useSessionCheck } from '../useSessionCheck'
import { apart, speakersOf, takenOff } from './speaking'

interface Fields {
  readonly title: string
  readonly titleAr: string
  readonly titleKo: string
  readonly start: string
  readonly minutes: number | string
  readonly room: string | null
  readonly track: string
  readonly kind: string
  readonly language: string | null
  readonly speakers: string
  readonly abstract: string
  readonly cancelled: boolean
}

const fieldsOf = (session: TopicItemDraftSession['session'] | undefined, zone: string): Fields => ({
  title: session?.title ?? '',
  titleAr: session?.titleAr ?? '',
  titleKo: session?.titleKo ?? '',
  start: session?.start ? localOf(session.start, zone) : '',
  minutes: session ? lengthOf(session.duration) / minute : 45,
  room: session?.room ?? '',
  track: session?.track ?? '',
  kind: session?.kind ?? '',
  language: session?.language ?? null,
  speakers: (session?.speakers ?? []).map((s) => s.name).join('\n'),
  abstract: session?.abstract ?? '',
  cancelled: session?.cancelled ?? false,
})

/** The state of a new session. Nobody else can change a new session while its form is open. */
const unwritten = { version: 0, session: undefined }

/** The text runs in the direction of its script. The prop `dir` would set the direction of the box around the field instead. */
const asWritten = { input: { dir: 'auto' } }
const rightToLeft = { input: { dir: 'rtl' } }

interface Props {
  readonly item: Pick<TopicItemDraftSession, 'version' | 'session'> | undefined
  readonly head: Conference
  /** Whether the session is one of the programme, because there is no draft. */
  readonly live?: boolean
  /** The reason why the typed text can no longer be saved: somebody has ended the draft, or has removed the session from it. */
  readonly lost?: 'ended' | 'removed'
  readonly close: () => void
}

/**
 * One session of the draft or of the programme, existing or new. The typed text stays until the person closes the dialog, whatever happens
 * to the session.
 */
export function DraftSessionDialog({ item, head, live = false, lost, close }: Props) {
  const { t, locale, nameOf } = useReader()
  const { seen, changed, renew } = useSeen<
    Pick<TopicItemDraftSession, 'version'> & { readonly session: TopicItemDraftSession['session'] | undefined }
  >(item ?? unwritten)
  const session = seen.session
  const zone = head.timeZone
  // The typed fields stay when the person takes over what somebody else has changed in other fields.
  const [typed, setTyped] = useState<Partial<Fields>>({})
  const [reason, setReason] = useState('')
  const { title, titleAr, titleKo, start, minutes, room, track, kind, language, speakers, abstract, cancelled } = {
    ...fieldsOf(session, zone),
    ...typed,
  }
  const set = (part: Partial<Fields>) => setTyped((now) => ({ ...now, ...part }))
  const url = `/api/conferences/${head.id}/draft/sessions`
  const [done, setDone] = useState(false)
  const stored = useLiveSession(live, head.id, session?.id, seen.version)
  const command = useCommand(
    (edit: InputFor<DraftEdit> | 'remove', commandId): Promise<unknown> =>
      live && edit !== 'remove'
        ? stored.save(edit, commandId, reason.trim() || undefined)
        : edit === 'remove'
          ? http.delete(`${url}/${session!.id}?expectedVersion=${seen.version}`)
          : session
            ? http.put(`${url}/${session.id}`, { ...edit, commandId })
            : http.post(url, { ...edit, commandId }),
    () => (setDone(true), close()),
  )
  // The dialog stays open for a moment after the command. A change that the command itself made is not shown as somebody else's change.
  const busy = command.busy || done
  const consultants = useResource<Consultant[]>(head.network ? `/api/consultants?network=${head.network}` : null)
  const spoke = session?.speakers ?? []
  const named = typed.speakers === undefined ? spoke : speakersOf(typed.speakers, spoke, consultants.data ?? [])
  // Typed names are not saved before the consultants are known. Otherwise a speaker would lose the link to the consultant, and the
  // consultant would be taken off the roster.
  const unknown = typed.speakers !== undefined && !!head.network && !consultants.data
  const off = unknown ? [] : takenOff(spoke, named).map((s) => nameOf(consultants.data?.find((c) => c.id === s.consultant)?.name) || s.name)
  const list = (names: readonly string[]) =>
    new Intl.ListFormat(locale, { type: 'conjunction' }).format(names.map((name) => `\u2068${name}\u2069`))
  const text = {
    title: title.trim(),
    titleAr: titleAr.trim(),
    titleKo: titleKo.trim(),
    subtitle: session?.subtitle,
    abstract: abstract.trim() || undefined,
    start: start ? new Date(instantOf(start, zone)).toISOString() : undefined,
    duration: Number(minutes) || 0,
    room: room ?? '',
    track: track.trim() || undefined,
    kind: kind.trim() || undefined,
    language: language ?? undefined,
    speakers: named,
    cancelled,
  }
  const asks = !lost && !unknown && !!start && minutes !== '' && !cancelled
  const placed =
    asks && !live ? { session: session?.id, start: text.start, duration: text.duration, room: text.room, speakers: text.speakers } : null
  const drafted = useSessionCheck(`/api/conferences/${head.id}/draft/checks`, placed)
  const foreseen = useForesight(stored.question(asks && text.title ? text : null))
  const check = live ? foreseen : drafted
  const needsReason = live && (weigh(foreseen?.findings ?? []).warned || weigh(command.problem?.findings ?? []).warned)
  const save = () => command.run({ ...text, expectedVersion: session && !live ? seen.version : undefined })
  const held = changed || !!lost
  const [before, now] = [fieldsOf(session, zone), fieldsOf((item ?? unwritten).session, zone)]
  const when = (local: string) => local && `${nearDate(`${local}Z`, 'UTC', locale)} ${local.slice(11)}`
  const fact = (name: string, key: keyof Fields) => ({ name, before: String(before[key] ?? ''), now: String(now[key] ?? '') })
  const facts = [
    fact(t('releases.name'), 'title'),
    fact(t('edits.titleAr'), 'titleAr'),
    fact(t('edits.titleKo'), 'titleKo'),
    { name: t('conference.start'), before: when(before.start), now: when(now.start) },
    fact(t('conference.minutes'), 'minutes'),
    fact(t('conference.room'), 'room'),
    fact(t('conference.track'), 'track'),
    fact(t('edits.kind'), 'kind'),
    fact(t('edits.language'), 'language'),
    { name: t('releases.speakers'), before: list(spoke.map((s) => s.name)), now: list((item?.session.speakers ?? []).map((s) => s.name)) },
    { name: t('releases.abstract'), ...apart(before.abstract, now.abstract) },
    {
      name: t('conference.cancelled'),
      before: before.cancelled ? t('conference.cancelled') : '',
      now: now.cancelled ? t('conference.cancelled') : '',
    },
  ]
  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside={false}
      size="lg"
      title={t(session ? 'releases.edit' : 'releases.add')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={(event) => (event.preventDefault(), void save())}>
        <Stack gap="sm">
          {lost && !busy && (
            <Notice kind="warning" role="alert" data-lost={lost}>
              {t(lost === 'ended' ? 'releases.ended' : 'releases.removedMeanwhile')}
            </Notice>
          )}
          {changed && !lost && !busy && <ChangedMeanwhile facts={facts} renew={renew} />}
          <TextInput
            data-autofocus
            label={t('releases.name')}
            name="title"
            attributes={asWritten}
            required
            maxLength={300}
            value={title}
            onChange={(e) => set({ title: e.currentTarget.value })}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput
              label={t('edits.titleAr')}
              name="titleAr"
              attributes={rightToLeft}
              maxLength={300}
              value={titleAr}
              onChange={(e) => set({ titleAr: e.currentTarget.value })}
            />
            <TextInput
              label={t('edits.titleKo')}
              name="titleKo"
              maxLength={300}
              value={titleKo}
              onChange={(e) => set({ titleKo: e.currentTarget.value })}
            />
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <DateTimeField
              step={5}
              label={t('conference.start')}
              description={t('conference.zone', { zone: zoneCity(zone, locale) })}
              value={start}
              onChange={(value) => set({ start: value })}
            />
            <NumberInput
              label={t('conference.minutes')}
              description={' '}
              min={0}
              max={44640}
              required
              value={minutes}
              onChange={(value) => set({ minutes: value })}
              hideControls
            />
            <Select
              label={t('conference.room')}
              searchable
              clearable
              clearButtonProps={{ 'aria-label': t('board.clear') }}
              data={head.rooms.map((r) => r.name)}
              value={room}
              onChange={(value) => set({ room: value })}
            />
            <TextInput
              label={t('conference.track')}
              maxLength={200}
              value={track}
              onChange={(e) => set({ track: e.currentTarget.value })}
            />
            <TextInput label={t('edits.kind')} maxLength={200} value={kind} onChange={(e) => set({ kind: e.currentTarget.value })} />
            <Select
              label={t('edits.language')}
              clearable
              clearButtonProps={{ 'aria-label': t('board.clear') }}
              data={[...new Set(['en', 'ar', 'ko', ...(language ? [language] : [])])].map((value) => ({
                value,
                label: languageName(value, locale),
              }))}
              value={language}
              onChange={(value) => set({ language: value })}
            />
          </SimpleGrid>
          <div>
            <Textarea
              label={t('releases.speakers')}
              description={t('releases.oneALine')}
              name="speakers"
              autosize
              minRows={2}
              value={speakers}
              onChange={(e) => set({ speakers: e.currentTarget.value })}
            />
            <div role="status">
              {off.length > 0 && (
                <Text size="sm" c="var(--hub-warning)" data-off>
                  {t('releases.takesOff', { count: off.length, who: list(off) })}
                </Text>
              )}
            </div>
          </div>
          {unknown && <ProblemNotice problem={consultants.error} title={t('shell.notRead')} />}
          <Textarea
            label={t('releases.abstract')}
            name="abstract"
            attributes={asWritten}
            autosize
            minRows={3}
            maxRows={12}
            maxLength={20000}
            value={abstract}
            onChange={(e) => set({ abstract: e.currentTarget.value })}
          />
          {/* A session of the programme is withdrawn in a dialog that first says what this leads to. Here it can only be restored. */}
          {(!live || session?.cancelled) && (
            <Checkbox label={t('conference.cancelled')} checked={cancelled} onChange={(e) => set({ cancelled: e.currentTarget.checked })} />
          )}
          <SessionFindings check={check} zone={zone} draft={!!session && !live} />
          {needsReason && <ReasonField value={reason} onChange={setReason} />}
          <ProblemNotice problem={stored.problem} title={t('shell.notRead')} />
          <ProblemNotice problem={command.problem} />
          <Group justify="space-between">
            {session && !live ? (
              <Button variant="subtle" color="red" loading={busy} disabled={held} onClick={() => void command.run('remove')}>
                {t('releases.remove')}
              </Button>
            ) : (
              <span />
            )}
            <Group>
              <Button variant="default" onClick={close}>
                {t('shell.cancel')}
              </Button>
              <Button type="submit" loading={busy} disabled={!title.trim() || minutes === '' || held || unknown || !stored.ready}>
                {t('shell.save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
