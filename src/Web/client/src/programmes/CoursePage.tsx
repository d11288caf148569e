import { Anchor, Button, Center, Container, Group, Loader, Stack, Table, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { Link, useParams } from 'wouter'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { useTopic } from '../live/useTopic'
import { useNetwork } from '../networks/useNetwork'
import { close, open, useOpened } from '../shell/opened'
import { useTitle } from '../shell/title'
import { day, hour, instantOf, localOf } from '../time/format'
import { useNow } from '../time/useNow'
import { isValidNow, useViewer, type Viewer } from '../viewer/useViewer'
import { CourseSession } from './CourseSession'
import { Comments, FeedbackForm } from './Feedback'
import { ParticipantsForm } from './ParticipantsForm'
import { PresenceForm } from './PresenceForm'
import classes from './Programmes.module.css'
import { Section } from './Section'
import { useDates } from './useDates'
import { courseSource, type CourseView, type SessionView } from './wire'

const PlanDialog = lazy(() => import('../rostering/PlanDialog').then((module) => ({ default: module.PlanDialog })))

/** Whether a person plans engagements somewhere in a network. The roster decides about each. */
const plans = (viewer: Viewer, network: string) =>
  viewer.roles.some((grant) => grant.role === 'coordinator' && grant.scope.network === network && isValidNow(grant))

/** The sessions of a cohort, live: when and where they are, who was there, and what participants say. */
export default function CoursePage() {
  const { id, cohort } = useParams<{ id: string; cohort: string }>()
  const { t, nameOf } = useReader()
  const { period } = useDates()
  const viewer = useViewer()
  const now = useNow(30_000)
  // Who may not read the sessions of everybody watches the own ones.
  const all = useTopic(`course/${id}/${cohort}`)
  const own = useTopic(all.refused ? `course/${id}/${cohort}/${viewer.person}` : null)
  const { picture } = all.refused ? own : all
  const version = Math.max(0, ...[...picture.items.values()].map((item) => item.version))
  // Lecture rooms send nothing here, so the page is also read again every minute.
  const { data, error } = useResource<CourseView>(courseSource(id, cohort, version), 60_000)
  const [last, keep] = useState(data)
  if (data && data !== last) keep(data)
  const view = data ?? last
  const names = useNetwork(view?.programme.network ?? viewer.network)
  const dialog = useOpened('dialog')
  useTitle(view && `${t('course.title')} · ${nameOf(view.programme.name)}`)
  if (error && !view)
    return (
      <Container size="md" py="md">
        <ProblemNotice problem={error} title={t('shell.notRead')} />
      </Container>
    )
  if (!view || !names.ready)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  const coming = view.sessions.filter(({ session }) => Date.parse(session.end) > now)
  const past = view.sessions.filter(({ session }) => Date.parse(session.end) <= now).reverse()
  const mine = view.members.find(({ person }) => person === viewer.person)
  const mayPlan = plans(viewer, view.programme.network)
  const first = Math.max(now + day, Date.parse(`${view.cohort.from}T00:00Z`))
  const shared = { view, names, mayPlan, now }
  const [, form, formOf] = /^([a-z]+)-(.+)$/.exec(dialog ?? '') ?? []
  return (
    <Container size="md" py="md">
      <Anchor component={Link} href={`/programme/${id}`} size="sm">
        <bdi>{nameOf(view.programme.name)}</bdi>
      </Anchor>
      <Group justify="space-between" align="flex-end" mt={4}>
        <Title order={1} size="h2">
          {t('course.title')}
        </Title>
        {mayPlan && (
          <Button data-do="plan" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => open('dialog', 'plan')}>
            {t('course.plan')}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed" mb="md">
        <bdi>{nameOf(view.cohort.name)}</bdi>
        {` · ${period(view.cohort.from, view.cohort.to)}`}
      </Text>
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      {mine && mine.held > 0 && (
        <Text mb="sm" data-mine>
          {t('course.mine', { attended: mine.attended, held: mine.held })}
          {view.programme.attendance && ` ${t('course.needed', { percent: view.programme.attendance })}`}
        </Text>
      )}
      <Section id="coming" title={t('course.coming')}>
        {coming.length === 0 && <Text>{t(mayPlan ? 'course.noneComingPlan' : 'course.noneComing')}</Text>}
        <Stack gap="sm">
          {coming.map((one) => (
            <CourseSession key={one.session.engagement} one={one} {...shared} />
          ))}
        </Stack>
      </Section>
      {past.length > 0 && (
        <Section id="past" title={t('course.past')}>
          <Stack gap="sm">
            {past.map((one) => (
              <CourseSession key={one.session.engagement} one={one} {...shared} />
            ))}
          </Stack>
        </Section>
      )}
      {view.readsAll && view.members.length > 0 && (
        <Section id="attendance" title={t('course.attendance')}>
          {view.programme.attendance && <Text size="sm">{t('course.neededOfAll', { percent: view.programme.attendance })}</Text>}
          <div className={classes.scroll} tabIndex={0} role="group" aria-labelledby="attendance">
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('course.person')}</Table.Th>
                  <Table.Th>{t('course.attended')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {view.members.map((member) => (
                  <Table.Tr key={member.person} data-member={member.person}>
                    <Table.Td>
                      <bdi>{nameOf(member.name)}</bdi>
                    </Table.Td>
                    <Table.Td>{t('course.of', { attended: member.attended, held: member.held })}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </Section>
      )}
      {/* A form stays open when its session moves from the coming ones to those that are over. */}
      {form && view.sessions.some(({ session }) => session.engagement === formOf) && (
        <SessionForm key={dialog} what={form} view={view} one={view.sessions.find(({ session }) => session.engagement === formOf)!} />
      )}
      {dialog === 'plan' && mayPlan && (
        <Suspense>
          <PlanDialog
            network={view.programme.network}
            names={names}
            purpose={{ programme: id, cohort }}
            kind="training"
            blank={{
              hospital: view.programme.hospitals[0] ?? null,
              room: null,
              consultant: null,
              specialty: view.programme.specialty,
              start: instantOf(`${localOf(first, names.zone).slice(0, 10)}T09:00`, names.zone) || first + hour,
            }}
            close={() => close('dialog')}
            done={() => undefined}
          />
        </Suspense>
      )}
    </Container>
  )
}

const forms = { record: PresenceForm, participants: ParticipantsForm, feedback: FeedbackForm, comments: Comments }

/** The dialog that the address names. */
function SessionForm({ what, view, one }: { what: string; view: CourseView; one: SessionView }) {
  const Form = what in forms ? forms[what as keyof typeof forms] : undefined
  return Form ? <Form view={view} one={one} close={() => close('dialog')} /> : null
}
