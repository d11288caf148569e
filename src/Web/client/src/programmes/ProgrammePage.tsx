import { Anchor, Badge, Button, Center, Container, Group, Loader, Stack, Text, Title } from '@mantine/core'
import { IconPencil, IconSchool } from '@tabler/icons-react'
import { Link, useParams } from 'wouter'
import { Notice } from '../commands/Notice'
import { useReader } from '../i18n'
import { useTopic } from '../live/useTopic'
import { useNetwork } from '../networks/useNetwork'
import { addressOf } from '../records/tables'
import { useTitle } from '../shell/title'
import { useNow } from '../time/useNow'
import { rolesOf, useViewer } from '../viewer/useViewer'
import { ApplicationDrawer } from './ApplicationDrawer'
import { Applications } from './Applications'
import { hostsOf } from './CataloguePage'
import { CohortLine } from './CohortLine'
import { OwnApplication } from './OwnApplication'
import { type Application, courseAddress, type Curriculum, deciding, type Dossier, has, type Programme, reading, rotating } from './wire'

/** One programme, live: what it offers, the reader's own application, and for those who review and decide the applications of all. */
export default function ProgrammePage() {
  const { id } = useParams<{ id: string }>()
  const { t, word, nameOf } = useReader()
  const viewer = useViewer()
  const mayRead = reading.some((role) => rolesOf(viewer).has(role))
  // The roles may not cover this programme. Then the reader sees what everybody sees.
  const whole = useTopic(mayRead ? `programme/${id}/applications` : null)
  const narrow = useTopic(!mayRead || whole.refused ? `programme/${id}` : null)
  const { picture, refused } = mayRead && !whole.refused ? whole : narrow
  const own = useTopic(`dossier/${viewer.person}`)
  const now = useNow(30_000)
  const items = [...picture.items.values()]
  const programme = items.find((item): item is Programme => item.type === 'programme')
  const curriculum = items.find((item): item is Curriculum => item.type === 'curriculum')
  const names = useNetwork(programme?.profile.network ?? viewer.network)
  useTitle(programme && nameOf(programme.profile.name))
  if (refused)
    return (
      <Center h="60%" role="alert">
        {t('programmes.unknown')}
      </Center>
    )
  if (!programme)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  const { profile, cohorts, requirements } = programme
  const applications = items.filter((item): item is Application => item.type === 'application')
  const dossier = [...own.picture.items.values()].find((item): item is Dossier => item.type === 'dossier')
  const reads = mayRead && !whole.refused
  const enters = has(viewer, programme, ...deciding)
  return (
    <Container size="md" py="md">
      <Anchor component={Link} href={`/programmes/${profile.network}`} size="sm">
        {t('programmes.title')}
      </Anchor>
      <Group justify="space-between" align="flex-start" mt={4} mb="xs">
        <Title order={1} size="h2" dir="auto">
          {nameOf(profile.name)}
        </Title>
        {enters && (
          <Button
            component={Link}
            href={addressOf(profile.network, 'programmes', { record: profile.id })}
            variant="default"
            leftSection={<IconPencil size={18} aria-hidden />}
          >
            {t('records.edit')}
          </Button>
        )}
      </Group>
      <Group gap="xs" mb="sm">
        <Badge variant="default" tt="none" leftSection={<IconSchool size={12} aria-hidden />}>
          {word('programmeKinds', profile.kind)}
        </Badge>
        <Text size="sm" c="dimmed">
          {hostsOf(programme, names).join(' · ')}
        </Text>
        {profile.public && (
          <Anchor component={Link} href={`/public/programmes/${profile.id}`} size="sm">
            {t('columns.public')}
          </Anchor>
        )}
      </Group>
      <Text mb="sm" maw="46rem" dir="auto">
        {nameOf(profile.summary)}
      </Text>
      <Facts programme={programme} names={names} />
      {requirements.length > 0 && (
        <section aria-labelledby="papers">
          <Title order={2} size="h4" mt="lg" mb={4} id="papers">
            {t('programmes.papers')}
          </Title>
          <ul>
            {requirements.map((requirement) => (
              <li key={requirement.id}>
                <bdi>{nameOf(requirement.name)}</bdi>
                {requirement.lasts && ` · ${t('programmes.lasts')}`}
                {requirement.mostMonths && ` · ${t('programmes.mostMonths', { count: requirement.mostMonths })}`}
                {` · ${t('programmes.by', { who: word('responsible', requirement.by) })}`}
                {requirement.conditions && (
                  <Text size="sm" c="dimmed" dir="auto">
                    {requirement.conditions}
                  </Text>
                )}
                {requirement.source && (
                  <Text size="xs" c="dimmed">
                    {t('programmes.source', { source: requirement.source })}
                  </Text>
                )}
              </li>
            ))}
          </ul>
          <Anchor component={Link} href={`/dossier?programme=${profile.id}`} size="sm">
            {t('programmes.compare')}
          </Anchor>
        </section>
      )}
      {curriculum && curriculum.activities.length > 0 && (
        <section aria-labelledby="activities">
          <Title order={2} size="h4" mt="lg" mb={4} id="activities">
            {t('logbook.activities')}
          </Title>
          <ul>
            {curriculum.activities.map((activity) => (
              <li key={activity.id}>
                <bdi>{nameOf(activity.name)}</bdi>
                {activity.cases > 0 && ` · ${t('logbook.caseCount', { count: activity.cases })}`}
                {activity.level && ` · ${word('entrustmentLevels', activity.level)}`}
              </li>
            ))}
          </ul>
        </section>
      )}
      {has(viewer, programme, ...rotating) && (
        <Anchor component={Link} href={`/programme/${profile.id}/rotations`} display="block" mt="sm">
          {t('rotations.title')}
        </Anchor>
      )}
      <Title order={2} size="h4" mt="lg" mb="xs">
        {t('programmes.cohorts')}
      </Title>
      {cohorts.length === 0 && (
        <Notice kind="waiting" title={t('programmes.noCohort')}>
          {enters && (
            <Anchor component={Link} href={addressOf(profile.network, 'cohorts', { record: 'new', programme: profile.id })} size="sm">
              {t('recordNew.cohorts')}
            </Anchor>
          )}
        </Notice>
      )}
      <Stack gap="lg">
        {cohorts.map((summary) => (
          <section key={summary.cohort.id} aria-label={nameOf(summary.cohort.name)} data-cohort={summary.cohort.id}>
            <CohortLine programme={programme} summary={summary} zone={names.zone} now={now} />
            <OwnApplication
              programme={programme}
              summary={summary}
              application={dossier?.applications.find((a) => a.programme === profile.id && a.cohort === summary.cohort.id)}
              zone={names.zone}
              now={now}
            />
            {has(viewer, programme, ...rotating) && (
              <Anchor component={Link} href={courseAddress(profile.id, summary.cohort.id)} size="sm" data-do="course">
                {t('course.open')}
              </Anchor>
            )}
            {reads && (
              <Applications
                programme={programme}
                summary={summary}
                applications={applications.filter((a) => a.cohort === summary.cohort.id)}
                zone={names.zone}
                now={now}
              />
            )}
          </section>
        ))}
      </Stack>
      {reads && <ApplicationDrawer programme={programme} applications={applications} names={names} />}
    </Container>
  )
}

/** What a reader wants to know before applying. */
function Facts({ programme: { profile }, names }: { programme: Programme; names: ReturnType<typeof useNetwork> }) {
  const { t, word, locale } = useReader()
  const languages = new Intl.DisplayNames(locale, { type: 'language' })
  const facts = [
    [t('columns.admission'), word('admissions', profile.admission)],
    [t('columns.languages'), profile.languages.map((code) => languages.of(code) ?? code).join(', ')],
    [t('columns.director'), names.personName(profile.director)],
    [t('columns.contact'), profile.contact ?? ''],
  ].filter(([, value]) => value)
  return (
    <dl style={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: '0.25rem 1rem', margin: 0 }}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd style={{ margin: 0 }}>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}
