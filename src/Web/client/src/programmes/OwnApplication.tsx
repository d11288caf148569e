import { Anchor, Button, Group, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { FormDialog } from '../accounts/CommandForm'
import { useForm } from '../accounts/useForm'
import { useReader } from '../i18n'
import { ProblemNotice } from '../commands/ProblemNotice'
import { close, open, useOpened } from '../shell/opened'
import { clock, datedDay, relative } from '../time/format'
import { useViewer } from '../viewer/useViewer'
import { StatusBadge } from './StatusBadge'
import {
  type CohortSummary,
  command,
  type Command,
  courseAddress,
  type Dossier,
  isOpen,
  logbookAddress,
  mayApply,
  type Programme,
  takesApplications,
} from './wire'

interface Props {
  readonly programme: Programme
  readonly summary: CohortSummary
  /** The reader's own application for this cohort. */
  readonly application: Dossier['applications'][number] | undefined
  readonly zone: string
  readonly now: number
}

/** What the reader can do about the own application: apply, answer an offer, withdraw. */
export function OwnApplication({ programme, summary: { cohort }, application, zone, now }: Props) {
  const { t, locale } = useReader()
  const viewer = useViewer()
  const opened = useOpened('dialog')
  const dialogOf = (what: string) => `${what}-${cohort.id}`
  const answer = useForm(command(programme.profile.id), () => undefined)
  if (!application && !mayApply(viewer, programme)) return null
  const canApply =
    mayApply(viewer, programme) &&
    takesApplications(programme, cohort.applyBy, now) &&
    !isOpen(application?.status) &&
    application?.status !== 'rejected'
  const say = (accept: boolean) => void answer.run({ type: 'answer', cohort: cohort.id, accept })
  return (
    <>
      <Group gap="xs" mt={4}>
        {application && (
          <>
            <Text size="sm">{t('programmes.mine')}</Text>
            <StatusBadge status={application.status} />
          </>
        )}
        {application?.status === 'offered' && application.offeredUntil && (
          <>
            <Text size="sm" fw={600}>
              {t('programmes.answerBy', {
                when: `${datedDay(application.offeredUntil, zone, locale)}, ${clock(application.offeredUntil, zone, locale)}`,
                left: relative(application.offeredUntil, now, locale),
              })}
            </Text>
            <Button data-do="accept" loading={answer.busy} onClick={() => say(true)}>
              {t('programmes.accept')}
            </Button>
            <Button data-do="decline" variant="default" loading={answer.busy} onClick={() => say(false)}>
              {t('programmes.decline')}
            </Button>
          </>
        )}
        {canApply && (
          <Button data-do="apply" variant={application ? 'default' : 'filled'} onClick={() => open('dialog', dialogOf('apply'))}>
            {t(application ? 'programmes.applyAgain' : 'programmes.apply')}
          </Button>
        )}
        {application?.status === 'accepted' && (
          <Anchor component={Link} href={courseAddress(programme.profile.id, cohort.id)} size="sm">
            {t('course.mySessions')}
          </Anchor>
        )}
        {application?.status === 'accepted' && (
          <Anchor component={Link} href={logbookAddress(programme.profile.id, cohort.id, viewer.person)} size="sm">
            {t('logbook.mine')}
          </Anchor>
        )}
        {isOpen(application?.status) && (
          <Button data-do="withdraw" variant="subtle" onClick={() => open('dialog', dialogOf('withdraw'))}>
            {t(application?.status === 'accepted' ? 'programmes.giveUp' : 'programmes.withdraw')}
          </Button>
        )}
      </Group>
      <ProblemNotice problem={answer.problem} waiting={answer.waiting} />
      {answer.factorDialog}
      {opened === dialogOf('apply') && canApply && (
        <TextDialog
          programme={programme.profile.id}
          title={t('programmes.apply')}
          text={t('programmes.applyText')}
          label={t('programmes.statement')}
          act={t('programmes.apply')}
          input={(reason) => ({ type: 'apply', cohort: cohort.id, reason })}
        />
      )}
      {opened === dialogOf('withdraw') && isOpen(application?.status) && (
        <TextDialog
          programme={programme.profile.id}
          title={t('programmes.withdraw')}
          text={t('programmes.withdrawText')}
          label={t('programmes.why')}
          act={t('programmes.withdraw')}
          input={(reason) => ({ type: 'withdraw', cohort: cohort.id, reason })}
        />
      )}
    </>
  )
}

interface DialogProps {
  readonly programme: string
  readonly title: string
  readonly text: string
  readonly label: string
  readonly act: string
  readonly required?: boolean
  readonly input: (text: string | undefined) => Command
}

/** Asks for a text and sends a command with it. */
export function TextDialog({ programme, title, text, label, act, required, input }: DialogProps) {
  const { t } = useReader()
  const [typed, setTyped] = useState('')
  const form = useForm(command(programme), () => close('dialog'), ['reason'])
  return (
    <FormDialog
      title={title}
      command={form}
      send={() => void form.run(input(typed.trim() || undefined))}
      act={act}
      disabled={required && !typed.trim()}
      close={() => close('dialog')}
    >
      <Text size="sm">{text}</Text>
      <Textarea
        name="reason"
        label={label}
        description={t('programmes.noPatients')}
        required={required}
        maxLength={1000}
        autosize
        minRows={3}
        maxRows={10}
        data-autofocus
        value={typed}
        error={form.at('reason')}
        onChange={(e) => setTyped(e.currentTarget.value)}
      />
    </FormDialog>
  )
}
