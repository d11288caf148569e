import { Anchor, Badge, Button, Center, Container, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { IconCheck, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useParams, useSearch } from 'wouter'
import { useForm } from '../accounts/useForm'
import { http } from '../api/http'
import { useResource } from '../api/useResource'
import { OwnCompletions } from '../certificates/Completion'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { useTopic } from '../live/useTopic'
import { DoneNotice } from '../records/DoneNotice'
import { RecordDrawer } from '../records/RecordDrawer'
import type { Done } from '../records/TablePage'
import { useNames } from '../records/useNames'
import type { RecordTable } from '../records/wire'
import { open, useOpened } from '../shell/opened'
import { useTitle } from '../shell/title'
import { datedDay } from '../time/format'
import { useViewer } from '../viewer/useViewer'
import { Matrix } from './Matrix'
import { useDates } from './useDates'
import type { DossierView } from './wire'

/** A person's papers, kept once for all programmes, and for each programme what is still missing. */
export default function DossierPage() {
  const { t, nameOf } = useReader()
  const viewer = useViewer()
  const person = useParams<{ person?: string }>().person ?? viewer.person
  const isOwn = person === viewer.person
  const asked = new URLSearchParams(useSearch()).getAll('programme')
  const query = asked.map((id) => `programme=${encodeURIComponent(id)}`).join('&')
  const address = `/api/dossiers/${encodeURIComponent(person)}${query && `?${query}`}`
  const { data, error, mutate } = useResource<DossierView>(address)
  // The own dossier is read again when it changes.
  const { picture } = useTopic(isOwn ? `dossier/${person}` : null)
  const version = [...picture.items.values()][0]?.version
  const [read, setRead] = useState(version)
  if (read !== version) {
    setRead(version)
    if (read !== undefined) void mutate()
  }
  useTitle(data && !isOwn ? nameOf(data.name) : undefined)
  if (error && !data)
    return (
      <Container size="md" py="md">
        <ProblemNotice problem={error} title={t('shell.notRead')} />
      </Container>
    )
  if (!data)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  return (
    <Container size="lg" py="md">
      <Title order={1} size="h2" mb={4}>
        {isOwn ? t('dossier.title') : <bdi>{nameOf(data.name)}</bdi>}
      </Title>
      <Text size="sm" c="dimmed" mb="md" maw="46rem">
        {t(isOwn ? 'dossier.help' : 'dossier.helpOther')}
      </Text>
      <Documents view={data} isOwn={isOwn} changed={() => void mutate()} />
      <Title order={2} size="h4" mt="xl" mb="xs">
        {t('dossier.matrix')}
      </Title>
      {data.rows.length === 0 ? (
        <Text>
          {t('dossier.noRows')}{' '}
          {isOwn && (
            <Anchor component={Link} href="/programmes" underline="always">
              {t('programmes.title')}
            </Anchor>
          )}
        </Text>
      ) : (
        <Matrix rows={data.rows} />
      )}
      {isOwn && <OwnCompletions />}
    </Container>
  )
}

function Documents({ view, isOwn, changed }: { view: DossierView; isOwn: boolean; changed: () => void }) {
  const { t, word } = useReader()
  const { date } = useDates()
  const { network } = useViewer()
  const opened = useOpened('record')
  const tables = useResource<RecordTable[]>(isOwn ? '/api/tables' : null).data
  const documents = tables?.find(({ name }) => name === 'documents')
  // People enter their own papers, whatever the table says about those of others.
  const table = documents && { ...documents, mayAdd: true, mayChange: [network] }
  return (
    <section aria-labelledby="documents">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4" id="documents">
          {t('tables.documents')}
        </Title>
        {table && (
          <Button data-do="new" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => open('record', 'new')}>
            {t('recordNew.documents')}
          </Button>
        )}
      </Group>
      {view.documents.length === 0 && <Text>{t(isOwn ? 'tableEmpty.documents' : 'dossier.noDocuments')}</Text>}
      <Stack gap="xs">
        {view.documents.map(({ document, tag, check, mayCheck }) => (
          <Paper key={document.id} withBorder p="sm" radius="md" data-document={document.id}>
            <Group gap="xs" justify="space-between" align="flex-start">
              <div>
                {table ? (
                  <Anchor
                    component="button"
                    type="button"
                    ta="start"
                    fw={600}
                    onClick={() => open('record', `${view.person}/${document.id}`)}
                  >
                    <bdi>{document.title}</bdi>
                  </Anchor>
                ) : (
                  <Text fw={600} dir="auto">
                    {document.title}
                  </Text>
                )}
                <Text size="sm" c="dimmed">
                  {[
                    word('choices', `documents.kind.${document.kind}`),
                    document.issuer,
                    document.from && t('dossier.from', { date: date(document.from) }),
                    document.to && t('programmes.validTo', { date: date(document.to) }),
                    document.reference,
                    document.supervisor,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
              </div>
              <Check person={view.person} id={document.id} tag={tag} check={check} may={mayCheck} changed={changed} />
            </Group>
          </Paper>
        ))}
      </Stack>
      {table && tables && opened !== null && (
        <DocumentDrawer key={opened} network={network} tables={tables} table={table} person={view.person} id={opened} changed={changed} />
      )}
    </section>
  )
}

interface DrawerProps {
  readonly network: string
  readonly tables: readonly RecordTable[]
  readonly table: RecordTable
  readonly person: string
  readonly id: string
  readonly changed: () => void
}

/** The form of one own paper. */
function DocumentDrawer({ network, tables, table, person, id, changed }: DrawerProps) {
  const names = useNames(network, tables)
  const [done, setDone] = useState<Done>()
  return (
    <>
      <RecordDrawer
        network={network}
        tables={tables}
        table={table}
        names={names}
        id={id}
        row={undefined}
        version={undefined}
        filters={{ person }}
        stored={(next) => (setDone(next), changed())}
      />
      {done && <DoneNotice table={table} names={names} done={done} stored={setDone} close={() => setDone(undefined)} />}
    </>
  )
}

interface CheckProps {
  readonly person: string
  readonly id: string
  readonly tag: string
  readonly check: DossierView['documents'][number]['check']
  readonly may: boolean
  readonly changed: () => void
}

/** Whether somebody has checked the paper, and the button to do so. */
function Check({ person, id, tag, check, may, changed }: CheckProps) {
  const { t, locale } = useReader()
  const address = `/api/dossiers/${encodeURIComponent(person)}/documents/${encodeURIComponent(id)}/check`
  const form = useForm((seen: boolean) => (seen ? http.put<void>(address, { tag }) : http.delete<void>(address)), changed)
  return (
    <Stack gap={4} align="flex-end">
      {check ? (
        <Badge variant="default" tt="none" leftSection={<IconCheck size={12} aria-hidden />}>
          {t('dossier.checked', { when: datedDay(check.at, 'UTC', locale) })}
        </Badge>
      ) : (
        <Text size="sm">{t('dossier.unchecked')}</Text>
      )}
      {may && (
        <Button size="xs" variant="default" data-do="check" loading={form.busy} onClick={() => void form.run(!check)}>
          {t(check ? 'dossier.uncheck' : 'dossier.check')}
        </Button>
      )}
      <ProblemNotice problem={form.problem} waiting={form.waiting} />
      {form.factorDialog}
    </Stack>
  )
}
