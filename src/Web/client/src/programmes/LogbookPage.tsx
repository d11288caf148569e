import { Anchor, Badge, Center, Container, Group, Loader, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconCheck, IconCircleDashed } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useParams } from 'wouter'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { useTopic } from '../live/useTopic'
import { useNetwork } from '../networks/useNetwork'
import { useTitle } from '../shell/title'
import { datedDay, exact } from '../time/format'
import { useViewer } from '../viewer/useViewer'
import { AssessmentSection } from './AssessmentSection'
import { EntrustForm } from './EntrustForm'
import { LogEntries } from './LogEntries'
import { LogForm } from './LogForm'
import { Section } from './Section'
import { useDates } from './useDates'
import { logbookSource, type LogbookView } from './wire'

/** The logbook of one person: what is done of what the programme needs, the cases, and how others have judged the person. */
export default function LogbookPage() {
  const { id, cohort, person } = useParams<{ id: string; cohort: string; person: string }>()
  const { t, word, nameOf, locale } = useReader()
  const { period } = useDates()
  const viewer = useViewer()
  const logbook = useTopic(`logbook/${id}/${cohort}/${person}`)
  const programme = useTopic(`programme/${id}`)
  const versions = [
    Math.max(0, ...[...logbook.picture.items.values()].map((item) => item.version)),
    // The curriculum has the version of the last change of the rotations.
    programme.picture.items.get('curriculum')?.version ?? 0,
  ]
  const { data, error } = useResource<LogbookView>(logbookSource(id, cohort, person, versions.join('.')))
  const last = useLast(data)
  const names = useNetwork(last?.programme.network ?? viewer.network)
  useTitle(last && `${t('logbook.title')} · ${nameOf(last.name)}`)
  if (error && !last)
    return (
      <Container size="md" py="md">
        <ProblemNotice problem={error} title={t('shell.notRead')} />
      </Container>
    )
  if (!last)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  const departmentName = (of: string) => nameOf(last.departments.find((department) => department.id === of)?.name) || of
  const activityName = (of: string) => nameOf(last.progress.activities.find(({ activity }) => activity.id === of)?.activity.name) || of
  return (
    <Container size="md" py="md">
      <Anchor component={Link} href={`/programme/${id}`} size="sm">
        <bdi>{nameOf(last.programme.name)}</bdi>
      </Anchor>
      <Group justify="space-between" mt={4}>
        <Title order={1} size="h2">
          {last.isOwn ? t('logbook.mine') : t('logbook.of', { name: nameOf(last.name) })}
        </Title>
        <Badge
          variant={last.progress.isComplete ? 'filled' : 'default'}
          color="var(--hub-text)"
          tt="none"
          leftSection={last.progress.isComplete ? <IconCheck size={12} aria-hidden /> : <IconCircleDashed size={12} aria-hidden />}
          data-complete={last.progress.isComplete}
        >
          {t(last.progress.isComplete ? 'logbook.complete' : 'logbook.incomplete')}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed" mb="md">
        <bdi>{nameOf(last.cohort.name)}</bdi>
        {` · ${period(last.cohort.from, last.cohort.to)} · ${t('logbook.noPatients')}`}
      </Text>
      <ProblemNotice problem={error} title={t('shell.notRead')} />

      <Section id="progress" title={t('logbook.progress')}>
        {last.progress.activities.length === 0 && <Text>{t('logbook.noActivities')}</Text>}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {last.progress.activities.map(({ activity, logged, signedOff, level, isMet }) => (
            <Paper key={activity.id} withBorder p="sm" radius="md" data-activity={activity.id} data-met={isMet}>
              <Group justify="space-between" wrap="nowrap" align="flex-start">
                <Text fw={600} dir="auto">
                  {nameOf(activity.name)}
                </Text>
                {isMet && <IconCheck size={18} role="img" aria-label={t('logbook.met')} />}
              </Group>
              {(activity.cases > 0 || logged > 0) && (
                <Text size="sm">{t('logbook.cases', { signedOff, needed: activity.cases, logged })}</Text>
              )}
              <Text size="sm">
                {level
                  ? t('logbook.levelIs', { level: word('entrustmentLevels', level.level ?? '') })
                  : t(activity.level ? 'logbook.noLevel' : 'logbook.noLevelYet')}
                {activity.level && ` ${t('logbook.levelNeeded', { level: word('entrustmentLevels', activity.level) })}`}
              </Text>
              {level && (
                <Text size="xs" c="dimmed">
                  {t('logbook.judgedBy', { name: names.personName(level.by), when: datedDay(level.at, names.zone, locale) })}
                </Text>
              )}
              {last.mayJudge && <EntrustForm logbook={last} activity={activity.id} level={level?.level ?? undefined} />}
            </Paper>
          ))}
        </SimpleGrid>
        <Text size="xs" c="dimmed" mt={4}>
          {t('logbook.scale')}
        </Text>
      </Section>

      <AssessmentSection view={last} names={names} />

      <Section id="rotations" title={t('rotations.title')}>
        {last.rotations.length === 0 && <Text>{t('rotations.noneYet')}</Text>}
        <Stack gap={4}>
          {last.rotations.map((rotation) => (
            <Text key={rotation.id} data-rotation={rotation.id}>
              <bdi>{departmentName(rotation.department)}</bdi>
              {` · ${period(rotation.from, rotation.to)} · `}
              {t('rotations.supervisedBy', { name: names.personName(rotation.supervisor) })}
            </Text>
          ))}
        </Stack>
      </Section>

      <Section id="entries" title={t('logbook.entries')}>
        {last.isOwn && last.rotations.length > 0 && last.progress.activities.length > 0 && <LogForm view={last} />}
        <LogEntries view={last} names={names} activityName={activityName} />
      </Section>

      <Section id="history" title={t('records.history')}>
        {last.history.length === 0 && <Text>{t('logbook.noHistory')}</Text>}
        <Stack gap="xs">
          {last.history.map((step, i) => (
            <div key={`${step.at}/${i}`} data-step={step.what}>
              <Text size="sm">
                {[
                  word('logbookChanges', step.what),
                  step.cases != null && t('logbook.caseCount', { count: step.cases }),
                  step.activity && activityName(step.activity),
                  step.level && word('entrustmentLevels', step.level),
                  step.kind && word('assessmentKinds', step.kind),
                  step.result && word('assessmentResults', step.result),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
              {step.text && (
                <Text size="sm" dir="auto">
                  {step.text}
                </Text>
              )}
              <Text size="xs" c="dimmed">
                <bdi>{names.personName(step.by)}</bdi>
                {` · ${exact(step.at, names.zone, locale)}`}
              </Text>
            </div>
          ))}
        </Stack>
      </Section>
    </Container>
  )
}

/** What was read last. It stays while a newer version is read, so that a form that is open stays too. */
function useLast(data: LogbookView | undefined) {
  const [last, keep] = useState(data)
  if (data && data !== last) keep(data)
  return data ?? last
}
