import { ActionIcon, Button, Center, Group, Loader, Modal, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { FormDialog } from '../../accounts/CommandForm'
import { useForm } from '../../accounts/useForm'
import type { Conference, Hospital } from '../../api/schema'
import { useResource } from '../../api/useResource'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useReader } from '../../i18n'
import { zoneCity } from '../../time/format'
import { useViewer } from '../../viewer/useViewer'
import { create, type Read, send, slugOf, useEdited } from './edit'

interface Props {
  /** The id of the conference. Undefined for a new one. */
  readonly id?: string
  readonly close: () => void
  readonly done: (conference: Conference) => void
}

/** Creates a conference, or edits its titles, days, time zone, rooms and tracks. */
export default function ConferenceDialog({ id, close, done }: Props) {
  const { t } = useReader()
  const read = useEdited<Conference>(id ? `/api/conferences/${id}` : null)
  // The form works on what the person saw first. A later reading must not replace what the person has typed.
  const [seen, setSeen] = useState<Read<Conference>>()
  if (read.data && !seen) setSeen(read.data)
  if (id && !seen)
    return (
      <Modal opened onClose={close} title={t('edits.editConference')} closeButtonProps={{ 'aria-label': t('shell.close') }}>
        {read.error ? (
          <ProblemNotice problem={read.error} title={t('shell.notRead')} />
        ) : (
          <Center>
            <Loader aria-label={t('shell.loading')} />
          </Center>
        )}
      </Modal>
    )
  return <ConferenceForm seen={seen} close={close} done={done} />
}

interface RoomFields {
  readonly name: string
  /** Hospital and room, such as `al-qassimi/clinic-1`. */
  readonly link: string | null
}

const fields = ['title', 'titleAr', 'titleKo', 'subtitle', 'timeZone', 'firstDay', 'lastDay', 'tracks'] as const

function ConferenceForm({ seen, close, done }: { seen: Read<Conference> | undefined } & Omit<Props, 'id'>) {
  const { t, locale, nameOf } = useReader()
  const { network } = useViewer()
  const before = seen?.value
  const [typed, setTyped] = useState({
    title: before?.title ?? '',
    titleAr: before?.titleAr ?? '',
    titleKo: before?.titleKo ?? '',
    subtitle: before?.subtitle ?? '',
    timeZone: before?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    firstDay: before?.firstDay ?? '',
    lastDay: before?.lastDay ?? '',
    tracks: (before?.tracks ?? []).join('\n'),
  })
  const [rooms, setRooms] = useState<readonly RoomFields[]>(
    (before?.rooms ?? []).map((r) => ({ name: r.name, link: r.hospital && r.room ? `${r.hospital}/${r.room}` : null })),
  )
  const hospitals = useResource<Hospital[]>(`/api/hospitals?network=${before?.network ?? network}`)
  const links = (hospitals.data ?? []).map((h) => ({
    group: nameOf(h.name),
    items: h.rooms.map((r) => ({ value: `${h.id}/${r.id}`, label: nameOf(r.name) })),
  }))
  const command = useForm(
    (body: object, commandId): Promise<Conference> =>
      seen
        ? send(`/api/conferences/${seen.value.id}`, { tag: seen.tag, commandId, body })
        : create((id) => `/api/conferences/${id}`, slugOf(typed.title, 40) || 'conference', { commandId, body }),
    done,
    [...fields, 'rooms'],
  )
  const save = () =>
    void command.run({
      ...before,
      ...typed,
      titleAr: typed.titleAr || undefined,
      titleKo: typed.titleKo || undefined,
      subtitle: typed.subtitle || undefined,
      firstDay: typed.firstDay || undefined,
      lastDay: typed.lastDay || undefined,
      network: before?.network ?? network,
      rooms: rooms
        .filter((r) => r.name.trim())
        .map((r) => {
          const [hospital, room] = r.link?.split('/') ?? []
          return { name: r.name.trim(), hospital, room }
        }),
      tracks: typed.tracks
        .split('\n')
        .map((track) => track.trim())
        .filter(Boolean),
    })
  const text = (name: (typeof fields)[number]) => ({
    name,
    value: typed[name],
    error: command.at(name),
    onChange: (e: { currentTarget: { value: string } }) => setTyped({ ...typed, [name]: e.currentTarget.value }),
  })
  const set = (at: number, part: Partial<RoomFields>) => setRooms(rooms.map((room, i) => (i === at ? { ...room, ...part } : room)))
  return (
    <FormDialog
      title={t(seen ? 'edits.editConference' : 'edits.newConference')}
      size="lg"
      command={command}
      send={save}
      act={t('shell.save')}
      disabled={!typed.title.trim()}
      close={close}
      data-conference
    >
      {before?.hasDraft && <Text size="sm">{t('edits.intoDraft')}</Text>}
      <TextInput data-autofocus label={t('edits.title')} required maxLength={300} attributes={asWritten} {...text('title')} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t('edits.titleAr')} maxLength={300} attributes={rightToLeft} {...text('titleAr')} />
        <TextInput label={t('edits.titleKo')} maxLength={300} {...text('titleKo')} />
      </SimpleGrid>
      <TextInput label={t('edits.subtitle')} maxLength={300} attributes={asWritten} {...text('subtitle')} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput type="date" label={t('edits.firstDay')} {...text('firstDay')} />
        <TextInput type="date" label={t('edits.lastDay')} {...text('lastDay')} />
      </SimpleGrid>
      <Select
        label={t('edits.zone')}
        name="timeZone"
        searchable
        allowDeselect={false}
        required
        limit={100}
        data={[...new Set([typed.timeZone, ...Intl.supportedValuesOf('timeZone')])]}
        value={typed.timeZone}
        onChange={(zone) => zone && setTyped({ ...typed, timeZone: zone })}
        error={command.at('timeZone')}
      />
      {before && typed.timeZone !== before.timeZone && (
        <Text size="sm" c="var(--hub-warning)" role="status" data-zone>
          {t('edits.zoneKept', { zone: zoneCity(typed.timeZone, locale) })}
        </Text>
      )}
      <Stack component="fieldset" gap="xs" style={{ border: 0, padding: 0, margin: 0 }}>
        <Text component="legend" size="sm" fw={500}>
          {t('edits.rooms')}
        </Text>
        {rooms.map((room, i) => (
          <Group key={i} gap="xs" align="flex-end">
            <TextInput
              flex="1 1 9rem"
              label={t('edits.roomName', { number: i + 1 })}
              maxLength={200}
              attributes={asWritten}
              value={room.name}
              onChange={(e) => set(i, { name: e.currentTarget.value })}
            />
            <Select
              flex="1 1 9rem"
              label={t('edits.roomLink', { number: i + 1 })}
              placeholder={t('edits.noLink')}
              searchable
              clearable
              clearButtonProps={{ 'aria-label': t('board.clear') }}
              data={links}
              value={room.link}
              onChange={(link) => set(i, { link })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('edits.removeRoom', { name: room.name || i + 1 })}
              onClick={() => setRooms(rooms.filter((_, at) => at !== i))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        {command.at('rooms') && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {command.at('rooms')}
          </Text>
        )}
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setRooms([...rooms, { name: '', link: null }])}
          >
            {t('edits.addRoom')}
          </Button>
        </Group>
      </Stack>
      <Textarea label={t('edits.tracks')} description={t('edits.oneALine')} autosize minRows={2} maxRows={8} {...text('tracks')} />
    </FormDialog>
  )
}

/** The text runs in the direction of its script. */
const asWritten = { input: { dir: 'auto' } }
const rightToLeft = { input: { dir: 'rtl' } }
