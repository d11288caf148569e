import { Anchor, Button, Center, Container, Group, Loader, Select, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useSWRConfig } from 'swr'
import { Link, useParams } from 'wouter'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { useTopic } from '../live/useTopic'
import { useNetwork } from '../networks/useNetwork'
import { DoneNotice } from '../records/DoneNotice'
import { RecordDrawer, recordKey } from '../records/RecordDrawer'
import type { Done } from '../records/TablePage'
import { addressOf, pathOf } from '../records/tables'
import { useNames } from '../records/useNames'
import type { RecordTable } from '../records/wire'
import { open, useOpened } from '../shell/opened'
import { useTitle } from '../shell/title'
import { useViewer } from '../viewer/useViewer'
import { RotationBoard } from './RotationBoard'
import { RotationList } from './RotationList'
import { useDates } from './useDates'
import { type Curriculum, deciding, has, type Programme, type RotationPlan, type RotationsView } from './wire'

/** Who is in which department and when: a live board of weeks and departments, and the same as a list. */
export default function RotationsPage() {
  const { id } = useParams<{ id: string }>()
  const { t, nameOf } = useReader()
  const { period } = useDates()
  const viewer = useViewer()
  const { picture, refused } = useTopic(`programme/${id}/rotations`)
  const items = [...picture.items.values()]
  const programme = items.find((item): item is Programme => item.type === 'programme')
  const curriculum = items.find((item): item is Curriculum => item.type === 'curriculum')
  const plans = items.filter((item): item is RotationPlan => item.type === 'rotationPlan')
  const names = useNetwork(programme?.profile.network ?? viewer.network)
  const [chosen, choose] = useState<string | null>(null)
  // The version is part of the key, so that the reasons are read again when the plan changes.
  const address = curriculum && `/api/programmes/${encodeURIComponent(id)}/rotations-attention?version=${curriculum?.version}`
  const { data, error } = useResource<RotationsView>(address ?? null, 60_000)
  useTitle(programme && `${t('rotations.title')} · ${nameOf(programme.profile.name)}`)
  if (refused)
    return (
      <Center h="60%" role="alert">
        {t('programmes.unknown')}
      </Center>
    )
  if (!programme || !curriculum)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  const { profile, cohorts } = programme
  const summary =
    cohorts.find(({ cohort }) => cohort.id === chosen) ?? cohorts.find(({ cohort }) => planOf(cohort.id).length > 0) ?? cohorts[0]
  function planOf(cohort: string) {
    return plans.find((plan) => plan.cohort === cohort)?.rotations ?? []
  }
  const enters = has(viewer, programme, ...deciding)
  return (
    <Container size="xl" py="md">
      <Anchor component={Link} href={`/programme/${profile.id}`} size="sm">
        <bdi>{nameOf(profile.name)}</bdi>
      </Anchor>
      <Group justify="space-between" align="flex-end" mt={4} mb="sm">
        <Title order={1} size="h2">
          {t('rotations.title')}
        </Title>
        {enters && summary && curriculum.departments.length > 0 && (
          <Button data-do="new" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => open('record', 'new')}>
            {t('recordNew.rotations')}
          </Button>
        )}
      </Group>
      {!summary || curriculum.departments.length === 0 ? (
        <Text>
          {t(summary ? 'rotations.noDepartment' : 'programmes.noCohort')}{' '}
          {enters && (
            <Anchor
              component={Link}
              href={addressOf(profile.network, summary ? 'departments' : 'cohorts', { record: 'new', programme: profile.id })}
              underline="always"
            >
              {t(summary ? 'recordNew.departments' : 'recordNew.cohorts')}
            </Anchor>
          )}
        </Text>
      ) : (
        <>
          {cohorts.length > 1 ? (
            <Select
              label={t('columns.cohort')}
              maw="24rem"
              mb="sm"
              allowDeselect={false}
              value={summary.cohort.id}
              onChange={choose}
              data={cohorts.map(({ cohort }) => ({
                value: cohort.id,
                label: `${nameOf(cohort.name)} · ${period(cohort.from, cohort.to)}`,
              }))}
            />
          ) : (
            <Text mb="sm">
              <bdi>{nameOf(summary.cohort.name)}</bdi>
              {` · ${period(summary.cohort.from, summary.cohort.to)}`}
            </Text>
          )}
          <ProblemNotice problem={error} title={t('shell.notRead')} />
          <RotationBoard
            cohort={summary.cohort}
            departments={curriculum.departments}
            rotations={planOf(summary.cohort.id)}
            all={plans.flatMap((plan) => plan.rotations)}
            view={data}
            names={names}
            show={(rotation) => open('record', `${profile.id}/${rotation}`)}
          />
          <RotationList
            programme={profile.id}
            departments={curriculum.departments}
            rotations={planOf(summary.cohort.id)}
            view={data}
            names={names}
            show={(rotation) => open('record', `${profile.id}/${rotation}`)}
          />
        </>
      )}
      <RotationDrawer network={profile.network} programme={profile.id} cohort={summary?.cohort.id} version={curriculum.version} />
    </Container>
  )
}

interface DrawerProps {
  readonly network: string
  readonly programme: string
  readonly cohort: string | undefined
  readonly version: number
}

/** The form of one rotation, with its history. What was done stays on the page when the form has closed. */
function RotationDrawer({ network, programme, cohort, version }: DrawerProps) {
  const opened = useOpened('record')
  const [wanted, want] = useState(opened !== null)
  if (opened !== null && !wanted) want(true)
  const tables = useResource<RecordTable[]>(wanted ? '/api/tables' : null).data
  const table = tables?.find(({ name }) => name === 'rotations')
  return table && tables ? <Opened {...{ network, programme, cohort, version, tables, table, id: opened }} /> : null
}

interface OpenedProps extends DrawerProps {
  readonly tables: readonly RecordTable[]
  readonly table: RecordTable
  readonly id: string | null
}

function Opened({ network, programme, cohort, version, tables, table, id }: OpenedProps) {
  const names = useNames(network, tables)
  const { mutate: forget } = useSWRConfig()
  const [done, setDone] = useState<Done>()
  return (
    <>
      {id !== null && (
        <RecordDrawer
          key={id}
          network={network}
          tables={tables}
          table={table}
          names={names}
          id={id}
          row={undefined}
          version={version}
          filters={{ programme, ...(cohort && { cohort }) }}
          stored={(next) => {
            const path = id === 'new' ? undefined : pathOf(table, network, id)
            if (path) void forget(recordKey(path), undefined)
            setDone(next)
          }}
        />
      )}
      {done && <DoneNotice table={table} names={names} done={done} stored={setDone} close={() => setDone(undefined)} />}
    </>
  )
}
