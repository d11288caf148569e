import { Input, Loader, Modal, Rating, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { FormDialog } from '../accounts/CommandForm'
import { useForm } from '../accounts/useForm'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { commentsSource, type CommentsView, courseCommand, type CourseView, type SessionView } from './wire'

interface Props {
  readonly view: CourseView
  readonly one: SessionView
  readonly close: () => void
}

/** A participant says how a session was. */
export function FeedbackForm({ view, one, close }: Props) {
  const { t } = useReader()
  const [rating, rate] = useState(one.myRating ?? 0)
  const [comment, setComment] = useState('')
  const form = useForm(courseCommand(view.programme.id, view.cohort.id), close, ['rating', 'reason'])
  return (
    <FormDialog
      title={t('course.feedbackTitle', { title: one.session.title })}
      command={form}
      send={() => void form.run({ type: 'giveFeedback', session: one.session.engagement, rating, reason: comment.trim() || undefined })}
      act={t('course.send')}
      disabled={rating === 0}
      close={close}
    >
      <Text size="sm">{t('course.feedbackHint')}</Text>
      <Input.Wrapper label={t('course.ratingLabel')} required error={form.at('rating')} labelElement="div">
        <Rating name="rating" size="xl" value={rating} onChange={rate} getSymbolLabel={(value) => t('course.stars', { count: value })} />
      </Input.Wrapper>
      <Textarea
        name="reason"
        label={t('programmes.comment')}
        description={t('course.commentHint')}
        maxLength={500}
        autosize
        minRows={2}
        maxRows={8}
        value={comment}
        error={form.at('reason')}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

/** What participants wrote about a session, without their names. */
export function Comments({ view, one, close }: Props) {
  const { t } = useReader()
  const { data, error } = useResource<CommentsView>(
    commentsSource(view.programme.id, view.cohort.id, one.session.engagement, one.feedback?.answers ?? 0),
  )
  return (
    <Modal opened onClose={close} title={t('course.comments')} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      {!data && !error && <Loader aria-label={t('shell.loading')} />}
      {data?.comments.length === 0 && <Text>{t('course.noComments')}</Text>}
      <Stack gap="xs">
        {data?.comments.map((comment, i) => (
          <Text key={`${i}/${comment}`} dir="auto" data-comment>
            {comment}
          </Text>
        ))}
      </Stack>
    </Modal>
  )
}
