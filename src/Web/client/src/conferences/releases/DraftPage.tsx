import { Alert, Anchor, Button, Center, Container, Group, Loader, Stack, Tabs, Text, TextInput, Title } from '@mantine/core'
import { IconEdit, IconPlus, IconSend } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import useSWR from 'swr'
import { Link, useLocation, useParams } from 'wouter'
import { http, type Problem } from '../../api/http'
import type { Conference, SessionDifference, TopicItemDraftSession } from '../../api/schema'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useCommand } from '../../commands/useCommand'
import { useReader } from '../../i18n'
import { useTopic } from '../../live/useTopic'
import { close, forget, open, useOpened } from '../../shell/opened'
import { useTitle } from '../../shell/title'
import { clock, nearDate, zoneCity } from '../../time/format'
import { Parts } from '../Parts'
import { Differences } from './differences'
import { DraftSessionDialog } from './DraftSessionDialog'
import { PublishDialog } from './PublishDialog'

/** The session that the open dialog edits. A new session has no item yet. */
interface Edited {
  readonly id: string
  readonly item: TopicItemDraftSession | undefined
  readonly head: Conference
}

/** The draft of a conference's next release. Coordinators edit it, nobody else sees it, and it is published as a whole. */
export default function DraftPage() {
  const { t, locale } = useReader()
  const { id } = useParams<{ id: string }>()
  const url = `/api/conferences/${id}`
  const { picture, refused } = useTopic(`conference/${id}/draft`)
  const [, go] = useLocation()
  const edited = useOpened('edit')
  const publishing = useOpened('dialog') === 'publish'
  const [text, setText] = useState('')
  const command = useCommand((what: 'begin' | 'drop') => (what === 'begin' ? http.post(`${url}/draft`) : http.delete(`${url}/draft`)))
  const head = useMemo(() => [...picture.items.values()].find((item) => item.type === 'draft'), [picture])
  const sessions = useMemo(
    () =>
      [...picture.items.values()]
        .filter((item) => item.type === 'draftSession')
        .sort((a, b) => (a.session.start ?? '9').localeCompare(b.session.start ?? '9') || a.session.room.localeCompare(b.session.room)),
    [picture],
  )
  useTitle(head && `${t('releases.draft')} · ${head.conference.title}`)
  // If somebody removes the session or ends the draft, the open dialog of the session stays, so that no typed text is lost.
  const item = sessions.find(({ session }) => session.id === edited)
  const present: Edited | undefined = head && edited && (item || edited === 'new') ? { id: edited, item, head: head.conference } : undefined
  const [kept, keep] = useState(present)
  const editing = present ?? (kept?.id === edited ? kept : undefined)
  if (editing?.id !== kept?.id || editing?.item !== kept?.item || editing?.head !== kept?.head) keep(editing)
  // The address may name a dialog while there is no draft. A draft that begins later must not open that dialog.
  const none = picture.position !== null && !head
  const lost = !head ? 'ended' : editing?.item && !item ? 'removed' : undefined
  const nothingTyped = !editing
  useEffect(() => {
    if (none) forget('dialog', ...(nothingTyped ? ['edit'] : []))
  }, [none, nothingTyped, edited, publishing])
  const changes = useSWR<SessionDifference[], Problem>(
    head ? [`${url}/draft/changes`, picture.position] : null,
    ([address]: [string]) => http.get<SessionDifference[]>(address),
    { keepPreviousData: true, revalidateOnFocus: false },
  )
  if (refused)
    return (
      <Center h="60%" role="alert">
        {t('shell.denied')}
      </Center>
    )
  if (picture.position === null)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  const zone = head?.conference.timeZone ?? 'UTC'
  const when = (start: string | null | undefined) =>
    start ? `${nearDate(start, zone, locale)} ${clock(start, zone, locale)}` : t('conference.noTime')
  const wanted = text.trim().toLocaleLowerCase()
  const shown = sessions.filter(
    ({ session }) =>
      !wanted ||
      [session.title, session.room, session.track ?? '', ...session.speakers.map((s) => s.name)].some((part) =>
        part.toLocaleLowerCase().includes(wanted),
      ),
  )
  return (
    <Container size="md" py="md">
      <Title order={1} size="h2">
        {t('releases.draft')}
      </Title>
      <Anchor component={Link} href={`/conferences/${id}`} underline="always">
        {head ? <bdi>{head.conference.title}</bdi> : t('audience.back')}
      </Anchor>
      <Stack mt="md" gap="md">
        <ProblemNotice problem={command.problem} />
        {!head ? (
          <>
            <Text>{t('releases.noDraft')}</Text>
            <Group>
              <Button loading={command.busy} onClick={() => void command.run('begin')}>
                {t('releases.begin')}
              </Button>
            </Group>
          </>
        ) : (
          <>
            <Alert variant="light" color="blue" styles={{ message: { color: 'var(--mantine-color-text)' } }}>
              {t('releases.draftHint', { number: head.after + 1 })}
            </Alert>
            <Group>
              <Button leftSection={<IconSend size={18} aria-hidden />} onClick={() => open('dialog', 'publish')}>
                {t('releases.publish')}
              </Button>
              <Button variant="default" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => open('edit', 'new')}>
                {t('releases.add')}
              </Button>
              <Button
                variant="default"
                loading={command.busy}
                onClick={() => window.confirm(t('releases.dropSure')) && void command.run('drop')}
              >
                {t('releases.drop')}
              </Button>
            </Group>
            <Tabs defaultValue="changes" keepMounted={false}>
              <Tabs.List>
                <Tabs.Tab value="changes">{t('releases.changes', { count: changes.data?.length ?? 0 })}</Tabs.Tab>
                <Tabs.Tab value="sessions">{t('conference.count', { count: sessions.length })}</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="changes" pt="md">
                {changes.data ? <Differences of={changes.data} zone={zone} /> : <Loader aria-label={t('shell.loading')} />}
              </Tabs.Panel>
              <Tabs.Panel value="sessions" pt="md">
                <Text size="sm" c="dimmed" mb="xs">
                  {t('conference.zone', { zone: zoneCity(zone, locale) })}
                </Text>
                <TextInput
                  type="search"
                  mb="sm"
                  aria-label={t('conference.search')}
                  placeholder={t('conference.search')}
                  value={text}
                  onChange={(e) => setText(e.currentTarget.value)}
                />
                <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: 'none' }}>
                  {shown.slice(0, 300).map((item) => (
                    <li key={item.key} data-draft={item.session.id}>
                      <Button
                        fullWidth
                        justify="space-between"
                        variant="default"
                        h="auto"
                        py={6}
                        rightSection={<IconEdit size={16} aria-hidden />}
                        onClick={() => open('edit', item.session.id)}
                        styles={{ label: { whiteSpace: 'normal', textAlign: 'start' } }}
                      >
                        <span>
                          <Text span fw={600} td={item.session.cancelled ? 'line-through' : undefined}>
                            <bdi>{item.session.title}</bdi>
                          </Text>
                          <br />
                          <Text span size="sm" c="dimmed">
                            <Parts of={[when(item.session.start), item.session.room]} />
                          </Text>
                        </span>
                      </Button>
                    </li>
                  ))}
                </Stack>
                {shown.length > 300 && (
                  <Text size="sm" c="dimmed" mt="xs">
                    {t('importing.more', { count: shown.length - 300 })}
                  </Text>
                )}
              </Tabs.Panel>
            </Tabs>
          </>
        )}
      </Stack>
      {editing && (
        <DraftSessionDialog
          key={editing.id}
          item={editing.item}
          head={head?.conference ?? editing.head}
          lost={lost}
          close={() => close('edit')}
        />
      )}
      {publishing && head && (
        <PublishDialog
          number={head.after + 1}
          changes={changes.data?.length}
          url={url}
          close={() => close('dialog')}
          // The Back button leads to the draft, and not to a dialog that would publish the next draft.
          done={() => go(`/conferences/${id}/releases`, { replace: true })}
        />
      )}
    </Container>
  )
}
