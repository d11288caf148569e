import {
  Anchor,
  Badge,
  Button,
  Center,
  Checkbox,
  Container,
  Group,
  Loader,
  Paper,
  Select,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { IconFlask, IconPlus, IconSchool } from '@tabler/icons-react'
import { type ReactNode, useMemo, useState } from 'react'
import { Link, useParams } from 'wouter'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { useTopic } from '../live/useTopic'
import { useNetwork } from '../networks/useNetwork'
import { addressOf } from '../records/tables'
import { useNow } from '../time/useNow'
import { rolesOf, useViewer } from '../viewer/useViewer'
import { CohortLine } from './CohortLine'
import { type InitiativeEntry, type Programme, takesApplications } from './wire'

/** More entries than this are shown only on demand, so that a long catalogue opens at once. */
const first = 50

const researchers = ['coordinator', 'registrar', 'consultant', 'auditor', 'researchLead'] as const

/** What the catalogue shows of a programme or an initiative. */
interface Entry {
  readonly key: string
  readonly name: string
  readonly kind: string
  readonly kindName: string
  readonly href: string | null
  readonly where: readonly string[]
  /** What a search finds: names and summaries in all languages, places and the specialty. */
  readonly text: string
  readonly takesApplications: boolean
  readonly isResearch: boolean
  readonly body: ReactNode
}

/** The programmes of a network, live, and the research initiatives that are shown here, as they were a minute ago at most. */
export default function CataloguePage() {
  const { t, word, nameOf, language } = useReader()
  const viewer = useViewer()
  const network = useParams<{ network?: string }>().network ?? viewer.network
  const names = useNetwork(network)
  const now = useNow(60_000)
  const { picture, refused } = useTopic(network ? `programmes/${network}` : null)
  const [text, setText] = useState('')
  const [kind, setKind] = useState<string | null>(null)
  const [onlyOpen, setOnlyOpen] = useState(false)
  const [most, setMost] = useState(first)
  const research = useResource<InitiativeEntry[]>(network ? `/api/initiatives?network=${encodeURIComponent(network)}` : null, 60_000)
  const programmes = useMemo(() => [...picture.items.values()].filter((item): item is Programme => item.type === 'programme'), [picture])
  const mayEnter = ['coordinator', 'programmeDirector'].some((role) => rolesOf(viewer).has(role as 'coordinator'))
  const readsResearch = researchers.some((role) => rolesOf(viewer).has(role))
  const all: readonly Entry[] = [
    ...programmes.map((programme) => ({
      key: programme.profile.id,
      name: nameOf(programme.profile.name),
      kind: programme.profile.kind,
      kindName: word('programmeKinds', programme.profile.kind),
      href: `/programme/${programme.profile.id}`,
      where: hostsOf(programme, names),
      text: [...Object.values(programme.profile.name), ...Object.values(programme.profile.summary)].join('\n'),
      takesApplications: programme.cohorts.some(({ cohort }) => takesApplications(programme, cohort.applyBy, now)),
      isResearch: false,
      body:
        programme.cohorts.length === 0 ? (
          <Text size="sm">{t('programmes.noCohort')}</Text>
        ) : (
          programme.cohorts.map((summary) => (
            <CohortLine key={summary.cohort.id} programme={programme} summary={summary} zone={names.zone} now={now} />
          ))
        ),
    })),
    ...(research.data ?? []).map((initiative) => ({
      key: `initiative/${initiative.id}`,
      name: nameOf(initiative.title),
      kind: initiative.kind,
      kindName: word('choices', `initiatives.kind.${initiative.kind}`),
      href: readsResearch ? `/research/initiative/${initiative.id}` : null,
      where: [
        ...(initiative.partner ? [names.partnerName(initiative.partner)] : []),
        ...initiative.sites.map(names.hospitalName),
        ...(initiative.specialty ? [names.specialtyName(initiative.specialty)] : []),
      ],
      text: [...Object.values(initiative.title), ...Object.values(initiative.aims ?? {})].join('\n'),
      takesApplications: false,
      isResearch: true,
      body: (
        <>
          {initiative.aims && (
            <Text size="sm" dir="auto" mb={4}>
              {nameOf(initiative.aims)}
            </Text>
          )}
          <Badge variant="default" tt="none">
            {word('choices', `initiatives.stage.${initiative.stage}`)}
          </Badge>
        </>
      ),
    })),
  ]
  const kinds = [...new Map(all.map(({ kind, kindName }) => [kind, kindName]))].map(([value, label]) => ({ value, label }))
  const sought = text.trim().toLocaleLowerCase()
  const shown = all
    .filter(
      (entry) =>
        (!kind || entry.kind === kind) &&
        (!onlyOpen || entry.takesApplications) &&
        (!sought || [entry.text, ...entry.where].join('\n').toLocaleLowerCase().includes(sought)),
    )
    .sort((a, b) => a.name.localeCompare(b.name, language))
  if (refused)
    return (
      <Center h="60%" role="alert">
        {t('programmes.refused')}
      </Center>
    )
  if (!picture.position)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  return (
    <Container size="md" py="md">
      <Group justify="space-between" mb={4}>
        <Title order={1} size="h2">
          {t('programmes.title')}
        </Title>
        {mayEnter && (
          <Button
            component={Link}
            href={addressOf(network, 'programmes', { record: 'new' })}
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
          >
            {t('recordNew.programmes')}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed" mb="md" maw="46rem">
        {t('programmes.help')}
      </Text>
      {research.error && <ProblemNotice problem={research.error} title={t('programmes.noResearch')} />}
      {all.length === 0 ? (
        <Text>{t(mayEnter ? 'programmes.noneYet' : 'programmes.none')}</Text>
      ) : (
        <>
          <Group align="flex-end" mb="md" role="search" aria-label={t('records.filters')}>
            <TextInput
              label={t('records.search')}
              type="search"
              value={text}
              onChange={(e) => setText(e.currentTarget.value)}
              maxLength={100}
            />
            <Select label={t('columns.kind')} placeholder={t('records.any')} clearable value={kind} onChange={setKind} data={kinds} />
            <Checkbox mb={8} label={t('programmes.onlyOpen')} checked={onlyOpen} onChange={(e) => setOnlyOpen(e.currentTarget.checked)} />
          </Group>
          <Text size="sm" role="status" mb="xs">
            {t('programmes.count', { count: shown.length })}
          </Text>
          <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {shown.slice(0, most).map((entry) => (
              <Paper key={entry.key} component="li" withBorder p="md" radius="md" data-programme={entry.key}>
                <Group gap="xs" mb={4} wrap="nowrap" align="flex-start" justify="space-between">
                  {entry.href ? (
                    <Anchor component={Link} href={entry.href} fw={600} size="lg" dir="auto">
                      {entry.name}
                    </Anchor>
                  ) : (
                    <Text fw={600} size="lg" dir="auto">
                      {entry.name}
                    </Text>
                  )}
                  <Badge
                    variant="default"
                    tt="none"
                    style={{ flexShrink: 0 }}
                    leftSection={entry.isResearch ? <IconFlask size={12} aria-hidden /> : <IconSchool size={12} aria-hidden />}
                  >
                    {entry.kindName}
                  </Badge>
                </Group>
                <Text size="sm" c="dimmed" mb={4}>
                  {entry.where.join(' · ')}
                </Text>
                {entry.body}
              </Paper>
            ))}
          </Stack>
          {shown.length > most && (
            <Button mt="md" variant="default" onClick={() => setMost(most + first)}>
              {t('records.more', { count: shown.length - most })}
            </Button>
          )}
        </>
      )}
    </Container>
  )
}

type Names = ReturnType<typeof useNetwork>

/** Where a programme takes place, and its specialty. */
export const hostsOf = ({ profile }: Programme, names: Names) => [
  ...(profile.atPartner && profile.partner ? [names.partnerName(profile.partner)] : []),
  ...profile.hospitals.map(names.hospitalName),
  ...(profile.specialty ? [names.specialtyName(profile.specialty)] : []),
]
