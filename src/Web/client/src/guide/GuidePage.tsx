import { Anchor, Center, Container, Loader, Select, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { Link, Redirect, useLocation, useParams, useSearch } from 'wouter'
import { useSWRConfig } from 'swr'
import { deviceZone } from '../accounts/grants'
import { Problem } from '../api/http'
import type { NetworkView } from '../api/schema'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { addressOf, noNetwork } from '../records/tables'
import { useNames } from '../records/useNames'
import type { RecordTable } from '../records/wire'
import { useAskAgain, useViewer } from '../viewer/useViewer'
import { AccountStep } from './AccountStep'
import { AskStep, EngagementStep } from './EngagementStep'
import classes from './Guide.module.css'
import { ConsultantStep, HospitalStep, NetworkStep, PartnerStep, type StepProps } from './RecordSteps'
import { type Progress, type Step, steps, useProgress } from './useProgress'

/**
 * Leads from an empty hub to the first reassignment, step by step. What is done follows from the data. So the guide can be left at any
 * time.
 */
export default function GuidePage() {
  const { t } = useReader()
  const viewer = useViewer()
  const asked = useParams<{ network?: string }>().network
  const tables = useResource<RecordTable[]>('/api/tables')
  const networks = useResource<NetworkView[]>('/api/networks')
  const network = asked ?? (viewer.network || (networks.data && (networks.data[0]?.network.id ?? noNetwork)))
  const problem = tables.error ?? networks.error
  if (problem || !tables.data || !networks.data || !network)
    return (
      <Center h="60%">
        {problem ? <ProblemNotice problem={problem} title={t('shell.notRead')} /> : <Loader aria-label={t('shell.loading')} />}
      </Center>
    )
  if (network !== noNetwork && !networks.data.some((view) => view.network.id === network))
    return (
      <Center h="60%" role="alert">
        {t('guide.unknown')}
      </Center>
    )
  return <Guide key={network} network={network} tables={tables.data} networks={networks.data} />
}

interface Props {
  readonly network: string
  readonly tables: readonly RecordTable[]
  readonly networks: readonly NetworkView[]
}

function Guide({ network, tables, networks }: Props) {
  const { t, word, nameOf } = useReader()
  const [, go] = useLocation()
  const { mutate } = useSWRConfig()
  const askAgain = useAskAgain()
  const names = useNames(network, tables)
  const zone = networks.find((view) => view.network.id === network)?.network.timeZone ?? deviceZone
  const { progress, error, readAgain } = useProgress(network)
  const isNew = network === noNetwork
  const isDone = (step: Step) => progress?.isDone(step) ?? false
  const wanted = new URLSearchParams(useSearch()).get('step')
  const asked = steps.find((each) => each === wanted)
  const step = isNew ? 'network' : (asked ?? steps.find((each) => !isDone(each))!)
  const title = useRef<HTMLHeadingElement>(null)
  const first = useRef(step)
  // Whoever goes to another step goes on at its title.
  useEffect(() => {
    if (first.current !== step) title.current?.focus()
    first.current = step
  }, [step])
  const addressOfStep = (each: Step, of = network) => `/guide/${encodeURIComponent(of)}?step=${each}`
  const toNext = () => go(addressOfStep(steps[steps.indexOf(step) + 1]!))
  const entered = async (id: string) => {
    // Whoever enters a network becomes its coordinator. So the person may do more than before.
    await Promise.all([askAgain(), mutate('/api/tables'), mutate('/api/networks')])
    go(addressOfStep('hospital', id))
  }
  if (!isNew && !progress)
    return (
      <Center h="60%">
        {error instanceof Problem ? (
          <ProblemNotice problem={error} title={t('shell.notRead')} />
        ) : (
          <Loader aria-label={t('shell.loading')} />
        )}
      </Center>
    )
  // The step stays the same while other people enter something.
  if (!isNew && !asked) return <Redirect to={addressOfStep(step)} replace />
  return (
    <Container size="md" py="md">
      <Title order={1} size="h2">
        {t('guide.title')}
      </Title>
      <Text c="dimmed" mb="md" maw="46rem">
        {t('guide.intro')}
      </Text>
      {networks.length > 1 && (
        <Select
          mb="md"
          maw={360}
          label={t('records.network')}
          data={networks.map(({ network: { id, name } }) => ({ value: id, label: nameOf(name) }))}
          value={isNew ? null : network}
          allowDeselect={false}
          onChange={(id) => id && go(`/guide/${encodeURIComponent(id)}`)}
        />
      )}
      <div className={classes.guide}>
        <nav aria-label={t('guide.steps')}>
          <ol className={classes.steps}>
            {steps.map((each) => (
              <li key={each} data-step={each} data-done={isDone(each)}>
                {isDone(each) ? <IconCircleCheckFilled size={20} aria-hidden /> : <IconCircle size={20} aria-hidden />}
                {isNew && each !== step ? (
                  <Text span c="dimmed">
                    {word('guideSteps', each)}
                  </Text>
                ) : (
                  <Anchor component={Link} href={addressOfStep(each)} c="inherit" aria-current={each === step ? 'step' : undefined}>
                    {word('guideSteps', each)}
                    {isDone(each) && <VisuallyHidden>, {t('guide.done')}</VisuallyHidden>}
                  </Anchor>
                )}
              </li>
            ))}
          </ol>
        </nav>
        <section aria-labelledby="guide-step">
          <Stack gap="sm">
            <Title order={2} size="h3" id="guide-step" ref={title} tabIndex={-1} style={{ outline: 'none' }}>
              {word('guideSteps', step)}
            </Title>
            <Text maw="42rem">{word('guideHelp', step)}</Text>
            {progress && <There network={network} step={step} progress={progress} names={names} />}
            <Panel
              key={`${network} ${step}`}
              {...{ network, tables, names, zone, progress }}
              step={step}
              readAgain={readAgain}
              stored={(entry, again) =>
                step === 'network' ? entered(entry.owner) : readAgain().then(() => (again ? undefined : toNext()))
              }
              toNext={toNext}
            />
          </Stack>
        </section>
      </div>
    </Container>
  )
}

const tableAt: Readonly<Partial<Record<Step, readonly (keyof Progress['rows'])[]>>> = {
  hospital: ['hospitals', 'rooms'],
  partner: ['partners'],
  consultant: ['consultants'],
  engagement: ['engagements'],
}
const listed = 10

/** What the network has already of what a step enters. */
function There({
  network,
  step,
  progress,
  names,
}: {
  network: string
  step: Step
  progress: Progress
  names: ReturnType<typeof useNames>
}) {
  const { t, word } = useReader()
  const shown = (tableAt[step] ?? []).filter((table) => progress.totals[table] > 0)
  return shown.map((table) => (
    <Text key={table} size="sm" data-there={table}>
      {t('guide.there', { what: word('tables', table) })}{' '}
      {progress.rows[table].slice(0, listed).map((row, i) => (
        <span key={row.path}>
          {i > 0 && ' · '}
          <bdi>{names.rowName(row)}</bdi>
        </span>
      ))}{' '}
      <Anchor component={Link} href={addressOf(network, table)} underline="always">
        {t('guide.all', { count: progress.totals[table] })}
      </Anchor>
    </Text>
  ))
}

function Panel({ step, ...props }: StepProps & { readonly step: Step }) {
  switch (step) {
    case 'network':
      return <NetworkStep {...props} />
    case 'hospital':
      return <HospitalStep {...props} />
    case 'partner':
      return <PartnerStep {...props} />
    case 'consultant':
      return <ConsultantStep {...props} />
    case 'account':
      return <AccountStep {...props} />
    case 'engagement':
      return <EngagementStep {...props} />
    case 'ask':
      return <AskStep {...props} />
  }
}
