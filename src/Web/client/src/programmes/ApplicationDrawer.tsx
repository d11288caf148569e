import {
  Anchor,
  Button,
  Center,
  Drawer,
  Group,
  Loader,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  Title,
} from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { CommandForm } from '../accounts/CommandForm'
import { useForm } from '../accounts/useForm'
import { useResource } from '../api/useResource'
import { Completion } from '../certificates/Completion'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReturnFocus } from '../commands/useReturnFocus'
import { useReader } from '../i18n'
import type { useNetwork } from '../networks/useNetwork'
import { close, open, useOpened } from '../shell/opened'
import { exact, localOf, relative } from '../time/format'
import { useNow } from '../time/useNow'
import { useViewer } from '../viewer/useViewer'
import { TextDialog } from './OwnApplication'
import { PaperState } from './PaperState'
import { StatusBadge } from './StatusBadge'
import { type Application, type ApplicationView, command, deciding, has, isOpen, logbookAddress, type Programme, reviewing } from './wire'

interface Props {
  readonly programme: Programme
  readonly applications: readonly Application[]
  readonly names: ReturnType<typeof useNetwork>
}

/** One application over the page: its papers, reviews and history, and what the reader may do about it. */
export function ApplicationDrawer({ programme, applications, names }: Props) {
  const opened = useOpened('application')
  const [cohort, person] = opened?.split('/') ?? []
  const application = applications.find((a) => a.cohort === cohort && a.person === person)
  return application ? <Opened key={opened} programme={programme} application={application} names={names} /> : null
}

function Opened({ programme, application, names }: { application: Application } & Omit<Props, 'applications'>) {
  const { t, word, nameOf, locale } = useReader()
  const viewer = useViewer()
  const now = useNow(30_000)
  const dialog = useOpened('dialog')
  useReturnFocus()
  const { id } = programme.profile
  const address = `/api/programmes/${id}/cohorts/${application.cohort}/applications/${application.person}`
  // The version is part of the key, so that the details are read again when the application changes.
  const { data, error } = useResource<ApplicationView>(`${address}?version=${application.version}`)
  const decides = has(viewer, programme, ...deciding) && application.person !== viewer.person
  const cohort = programme.cohorts.find((c) => c.cohort.id === application.cohort)?.cohort
  const own = application.reviews.find((review) => review.by === viewer.person)
  const canJudge =
    programme.profile.admission === 'selection' &&
    has(viewer, programme, ...reviewing) &&
    application.person !== viewer.person &&
    (application.status === 'submitted' || application.status === 'waiting')
  return (
    <Drawer
      opened
      onClose={() => close('application')}
      position="right"
      size={620}
      title={
        <Text span fw={600}>
          <bdi>{nameOf(application.name)}</bdi>
        </Text>
      }
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack gap="sm" data-drawer={application.person}>
        <Group gap="xs">
          <StatusBadge status={application.status} />
          {application.status === 'accepted' && (
            <Anchor component={Link} href={logbookAddress(id, application.cohort, application.person)} size="sm">
              {t('logbook.open')}
            </Anchor>
          )}
          {application.rank && <Text size="sm">{t('programmes.rankIs', { rank: application.rank })}</Text>}
        </Group>
        <ProblemNotice problem={error} title={t('shell.notRead')} />
        {!data && !error && (
          <Center h={80}>
            <Loader aria-label={t('shell.loading')} />
          </Center>
        )}
        {data && (
          <>
            {data.papers.length > 0 && (
              <section aria-label={t('programmes.papers')}>
                <Title order={3} size="h5" mb={4}>
                  {t('programmes.papers')}
                </Title>
                {data.papers.map((cell) => (
                  <SimpleGrid key={cell.requirement} cols={2} spacing="xs" mb={4}>
                    <Text size="sm" dir="auto">
                      {nameOf(cell.name)}
                    </Text>
                    <PaperState cell={cell} />
                  </SimpleGrid>
                ))}
                {decides && (
                  <Anchor component={Link} href={`/dossier/${application.person}`} size="sm">
                    {t('programmes.openPapers')}
                  </Anchor>
                )}
              </section>
            )}
            {data.application.reviews.length > 0 && (
              <section aria-label={t('programmes.reviews')}>
                <Title order={3} size="h5" mb={4}>
                  {t('programmes.reviews')}
                </Title>
                {!data.verdicts && <Text size="sm">{t('programmes.hiddenVerdicts')}</Text>}
                {data.application.reviews.map((review) => (
                  <Text key={review.by} size="sm">
                    <bdi>{names.personName(review.by)}</bdi>
                    {` · ${word('reviewSides', review.side)} · `}
                    {review.conflict
                      ? t('programmes.hasConflict')
                      : review.recommendation
                        ? `${word('recommendations', review.recommendation)} · ${t('programmes.score', { score: review.score ?? 0 })}`
                        : t('programmes.reviewed')}
                  </Text>
                ))}
              </section>
            )}
          </>
        )}
        {/* What somebody types here stays when the application changes. */}
        {canJudge && !own?.conflict && <ReviewForm programme={id} application={application} again={!!own} />}
        {canJudge && own?.conflict && <Text size="sm">{t('programmes.ownConflict')}</Text>}
        {decides && isOpen(application.status) && (
          <Group>
            {(application.status === 'submitted' || application.status === 'waiting') && (
              <Button variant="default" data-do="reject" onClick={() => open('dialog', 'reject')}>
                {t('programmes.reject')}
              </Button>
            )}
            <Button variant="subtle" data-do="withdrawFor" onClick={() => open('dialog', 'withdrawFor')}>
              {t('programmes.withdraw')}
            </Button>
          </Group>
        )}
        {decides && cohort && application.status === 'accepted' && (
          <Completion programme={id} cohort={cohort} person={application.person} today={localOf(now, names.zone).slice(0, 10)} />
        )}
        {data && (
          <section aria-label={t('records.history')}>
            <Title order={3} size="h5" mb={4}>
              {t('records.history')}
            </Title>
            {data.history.map((step, i) => (
              <div key={i}>
                <Text size="sm" title={exact(step.at, names.zone, locale)}>
                  {relative(step.at, now, locale)}
                  {' · '}
                  <bdi>{step.by === application.person ? nameOf(application.name) : names.personName(step.by)}</bdi>
                  {` · ${step.what === 'status' ? word('applicationStatuses', step.status) : word('applicationChanges', step.what)}`}
                </Text>
                {step.text && (
                  <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-line' }}>
                    {step.text}
                  </Text>
                )}
              </div>
            ))}
          </section>
        )}
      </Stack>
      {dialog === 'reject' && decides && (
        <TextDialog
          programme={id}
          title={t('programmes.reject')}
          text={t('programmes.rejectText')}
          label={t('programmes.why')}
          act={t('programmes.reject')}
          input={(reason) => ({ type: 'reject', cohort: application.cohort, people: [application.person], reason })}
        />
      )}
      {dialog === 'withdrawFor' && decides && (
        <TextDialog
          programme={id}
          title={t('programmes.withdraw')}
          text={t('programmes.withdrawForText')}
          label={t('programmes.why')}
          act={t('programmes.withdraw')}
          required
          input={(reason) => ({ type: 'withdraw', cohort: application.cohort, person: application.person, reason })}
        />
      )}
    </Drawer>
  )
}

const recommendations = ['recommend', 'reserve', 'reject'] as const

/** What the reader says about the application as a reviewer. */
function ReviewForm({ programme, application, again }: { programme: string; application: Application; again: boolean }) {
  const { t, word } = useReader()
  const [score, setScore] = useState('3')
  const [recommendation, setRecommendation] = useState<(typeof recommendations)[number] | null>(null)
  const [comment, setComment] = useState('')
  const form = useForm(command(programme), () => setComment(''), ['score', 'reason'])
  const about = { cohort: application.cohort, person: application.person, reason: comment.trim() || undefined }
  return (
    <section aria-label={t('programmes.yourReview')}>
      <Title order={3} size="h5" mb={4}>
        {t(again ? 'programmes.reviewAgain' : 'programmes.yourReview')}
      </Title>
      <CommandForm
        command={form}
        send={() => recommendation && void form.run({ type: 'review', ...about, score: Number(score), recommendation })}
        act={t('programmes.sendReview')}
        disabled={!recommendation}
      >
        <div>
          <Text size="sm" fw={500} id="score">
            {t('programmes.scoreLabel')}
          </Text>
          <SegmentedControl aria-labelledby="score" data={['1', '2', '3', '4', '5']} value={score} onChange={setScore} />
        </div>
        <Select
          label={t('programmes.recommendation')}
          required
          data={recommendations.map((value) => ({ value, label: word('recommendations', value) }))}
          value={recommendation}
          onChange={(value) => setRecommendation(value as typeof recommendation)}
        />
        <Textarea
          name="reason"
          label={t('programmes.comment')}
          description={t('programmes.noPatients')}
          maxLength={1000}
          autosize
          minRows={2}
          value={comment}
          error={form.at('reason')}
          onChange={(e) => setComment(e.currentTarget.value)}
        />
      </CommandForm>
      <Button
        mt="xs"
        variant="subtle"
        data-do="conflict"
        loading={form.busy}
        onClick={() => void form.run({ type: 'declareConflict', ...about })}
      >
        {t('programmes.declareConflict')}
      </Button>
    </section>
  )
}
