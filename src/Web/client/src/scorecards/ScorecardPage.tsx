import { Anchor, Button, Center, Container, Group, Loader, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconDownload, IconRefresh } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { Link, useSearch } from 'wouter'
import type { Figure, ScorecardAnswer } from '../api/schema'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { useOpened } from '../shell/opened'
import { ago, clock, datedDay } from '../time/format'
import { useNow, useToday } from '../time/useNow'
import { Filters } from './Filters'
import { NetworkPage, useShow } from './NetworkPage'
import { Numbers } from './Numbers'
import { type Breakdown, breakdowns, countedOf, csvUrl, groupsOf, pdfUrl, questionOf, scorecardUrl } from './question'
import { Reports } from './Reports'
import { RowsDrawer } from './RowsDrawer'
import { useNaming } from './useNaming'

// The library of charts is large. People who read only the tables do not wait for it.
const ScorecardChart = lazy(() => import('./ScorecardChart'))

/** What the network has done in a period: the figures, each with the rows behind it. */
export default function ScorecardPage() {
  return <NetworkPage path="/scorecard">{(network, names) => <Page network={network} names={names} />}</NetworkPage>
}

function Page({ network, names }: { network: string; names: NetworkNames }) {
  const { t, locale, language } = useReader()
  const search = new URLSearchParams(useSearch())
  const today = useToday(names.zone)
  const now = useNow()
  const question = questionOf(search, today)
  const rows = countedOf(useOpened('rows'))
  const { data, error, mutate, isValidating } = useResource<ScorecardAnswer>(scorecardUrl(network, question))
  const show = useShow(`/scorecard/${network}`)
  return (
    <Container size="xl" py="md">
      <Group justify="space-between" align="start" mb="xs">
        <Title order={1} size="h2">
          {t('scorecard.title')}
        </Title>
        <Group gap="xs">
          {!question.report && (
            <Button
              variant="default"
              leftSection={<IconRefresh size={16} aria-hidden />}
              loading={isValidating}
              onClick={() => void mutate()}
            >
              {t('scorecard.refresh')}
            </Button>
          )}
          <Button
            variant="default"
            component="a"
            href={csvUrl(network, question)}
            download
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t('scorecard.csv')}
          </Button>
          <Button
            variant="default"
            component="a"
            href={pdfUrl(network, language, question)}
            download
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t('scorecard.pdf')}
          </Button>
        </Group>
      </Group>
      {question.report ? (
        <Text mb="md">
          {data &&
            t('scorecard.ofReport', {
              from: datedDay(`${data.from}T12:00:00Z`, 'UTC', locale),
              to: datedDay(`${data.to}T12:00:00Z`, 'UTC', locale),
              when: `${datedDay(data.at, data.zone, locale)} ${clock(data.at, data.zone, locale)}`,
            })}{' '}
          <Anchor component={Link} href={`/scorecard/${network}`} underline="always">
            {t('scorecard.present')}
          </Anchor>
        </Text>
      ) : (
        <>
          <Filters question={question} today={today} names={names} show={show} />
          {data && (
            <Text size="sm" c="dimmed" mb="xs">
              {t('scorecard.readAt', { when: ago(Date.parse(data.at), now, locale) })}
            </Text>
          )}
        </>
      )}
      {data && data.parts.length > 0 && (
        <Text size="sm" mb="xs" role="note">
          {t('scorecard.limited', {
            parts: data.parts
              .flatMap(({ hospitals, partner }) => [...hospitals.map(names.hospitalName), ...(partner ? [names.partnerName(partner)] : [])])
              .join(', '),
          })}
        </Text>
      )}
      <Text size="sm" mb="xs">
        <Anchor
          component={Link}
          href={`/sheets/${network}?from=${data?.from ?? question.from}&to=${data?.to ?? question.to}`}
          underline="always"
        >
          {t('sheets.open')}
        </Anchor>
      </Text>
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      {!data && !error && (
        <Center h={160}>
          <Loader aria-label={t('shell.loading')} />
        </Center>
      )}
      {data && (
        <Stack gap="xl">
          <Figures answer={data} />
          <Parts answer={data} names={names} figure={search.get('figure')} by={search.get('by')} show={show} />
        </Stack>
      )}
      <Stack mt="xl">
        <Reports network={network} question={question} names={names} />
      </Stack>
      {rows && <RowsDrawer network={network} question={question} counted={rows} names={names} />}
    </Container>
  )
}

function Figures({ answer }: { answer: ScorecardAnswer }) {
  const { t, word } = useReader()
  const empty = answer.figures.every(({ total }) => total.planned === 0 && total.done === 0)
  return (
    <section>
      {empty && (
        <Text role="status" mb="sm">
          {t('scorecard.empty')}
        </Text>
      )}
      <Stack gap="lg">
        {groupsOf(answer.figures).map(({ group, figures }) => (
          <div key={group} data-group={group}>
            <Numbers
              caption={word('figureGroups', group)}
              first={word('figureGroups', group)}
              lines={figures.map(({ figure, total }) => ({
                key: figure,
                label: word('figures', figure),
                name: word('figures', figure),
                score: total,
                counted: { figure },
              }))}
            />
            {group !== 'services' && (
              <Text size="sm" c="dimmed" mt="xs">
                {t(
                  group === 'teaching'
                    ? 'scorecard.rule'
                    : group === 'education'
                      ? 'scorecard.ruleOfEducation'
                      : 'scorecard.ruleOfResearch',
                )}
              </Text>
            )}
          </div>
        ))}
      </Stack>
    </section>
  )
}

interface PartsProps {
  readonly answer: ScorecardAnswer
  readonly names: NetworkNames
  readonly figure: string | null
  readonly by: string | null
  readonly show: (change: Readonly<Record<string, string | null>>) => void
}

/** One figure by month, hospital, specialty or partner: a table, and a chart beside it. */
function Parts({ answer, names, figure, by, show }: PartsProps) {
  const { t, word, locale } = useReader()
  const naming = useNaming(names)
  const usual = answer.figures.find(({ total }) => total.done > 0) ?? answer.figures[0]!
  const chosen = answer.figures.find((each) => each.figure === figure) ?? usual
  const breakdown = breakdowns.find((each) => each === by) ?? 'months'
  const parts = chosen[breakdown]
  const title = t('scorecard.partsOf', {
    figure: word('figures', chosen.figure),
    by: word('breakdowns', breakdown).toLocaleLowerCase(locale),
  })
  return (
    <section aria-labelledby="parts">
      <Title order={2} size="h4" id="parts" mb="xs">
        {title}
      </Title>
      <Group mb="sm">
        <Select
          label={t('scorecard.figure')}
          data={answer.figures.map((each) => ({ value: each.figure, label: word('figures', each.figure) }))}
          value={chosen.figure}
          allowDeselect={false}
          onChange={(value) => show({ figure: value as Figure })}
        />
        <Select
          label={t('scorecard.by')}
          data={breakdowns.map((each) => ({ value: each, label: word('breakdowns', each) }))}
          value={breakdown}
          allowDeselect={false}
          onChange={(value) => show({ by: value as Breakdown })}
        />
      </Group>
      {parts.length === 0 ? (
        <Text role="status">{t('scorecard.empty')}</Text>
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <Numbers
            caption={title}
            first={word('breakdowns', breakdown)}
            lines={parts.map(({ id, score }) => ({
              key: id,
              name: <bdi>{naming(breakdown, id)}</bdi>,
              label: `${word('figures', chosen.figure)}, ${naming(breakdown, id)}`,
              score,
              counted: { figure: chosen.figure, by: breakdown, id },
            }))}
          />
          <Suspense fallback={<Loader aria-label={t('shell.loading')} />}>
            <ScorecardChart parts={parts} nameOf={(id) => naming(breakdown, id)} inTime={breakdown === 'months'} />
          </Suspense>
        </SimpleGrid>
      )}
    </section>
  )
}
