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
import { IconPlus, IconSchool } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { Link, useParams } from 'wouter'
import { useReader } from '../i18n'
import { useTopic } from '../live/useTopic'
import { useNetwork } from '../networks/useNetwork'
import { addressOf } from '../records/tables'
import { useNow } from '../time/useNow'
import { rolesOf, useViewer } from '../viewer/useViewer'
import { CohortLine } from './CohortLine'
import { type Programme, takesApplications } from './wire'

/** More entries than this are shown only on demand, so that a long catalogue opens at once. */
const first = 50

/** The programmes of a network, live. */
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
  const all = useMemo(() => [...picture.items.values()].filter((item): item is Programme => item.type === 'programme'), [picture])
  const kinds = [...new Set(all.map(({ profile }) => profile.kind))]
  const mayEnter = ['coordinator', 'programmeDirector'].some((role) => rolesOf(viewer).has(role as 'coordinator'))
  const sought = text.trim().toLocaleLowerCase()
  const shown = all
    .filter(
      (programme) =>
        (!kind || programme.profile.kind === kind) &&
        (!onlyOpen || programme.cohorts.some(({ cohort }) => takesApplications(programme, cohort.applyBy, now))) &&
        (!sought || textOf(programme, names).includes(sought)),
    )
    .sort((a, b) => nameOf(a.profile.name).localeCompare(nameOf(b.profile.name), language))
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
            <Select
              label={t('columns.kind')}
              placeholder={t('records.any')}
              clearable
              value={kind}
              onChange={setKind}
              data={kinds.map((value) => ({ value, label: word('programmeKinds', value) }))}
            />
            <Checkbox mb={8} label={t('programmes.onlyOpen')} checked={onlyOpen} onChange={(e) => setOnlyOpen(e.currentTarget.checked)} />
          </Group>
          <Text size="sm" role="status" mb="xs">
            {t('programmes.count', { count: shown.length })}
          </Text>
          <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {shown.slice(0, most).map((programme) => (
              <Paper key={programme.profile.id} component="li" withBorder p="md" radius="md" data-programme={programme.profile.id}>
                <Group gap="xs" mb={4} wrap="nowrap" align="flex-start" justify="space-between">
                  <Anchor component={Link} href={`/programme/${programme.profile.id}`} fw={600} size="lg" dir="auto">
                    {nameOf(programme.profile.name)}
                  </Anchor>
                  <Badge variant="default" tt="none" style={{ flexShrink: 0 }} leftSection={<IconSchool size={12} aria-hidden />}>
                    {word('programmeKinds', programme.profile.kind)}
                  </Badge>
                </Group>
                <Text size="sm" c="dimmed" mb={4}>
                  {hostsOf(programme, names).join(' · ')}
                </Text>
                {programme.cohorts.length === 0 && <Text size="sm">{t('programmes.noCohort')}</Text>}
                {programme.cohorts.map((summary) => (
                  <CohortLine key={summary.cohort.id} programme={programme} summary={summary} zone={names.zone} now={now} />
                ))}
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

/** What a search finds: names and summaries in all languages, hosts and the specialty. */
const textOf = (programme: Programme, names: Names) =>
  [...Object.values(programme.profile.name), ...Object.values(programme.profile.summary), ...hostsOf(programme, names)]
    .join('\n')
    .toLocaleLowerCase()
