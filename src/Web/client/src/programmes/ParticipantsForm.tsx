import { MultiSelect, Text } from '@mantine/core'
import { useState } from 'react'
import { FormDialog } from '../accounts/CommandForm'
import { useForm } from '../accounts/useForm'
import { useReader } from '../i18n'
import { courseCommand, type CourseView, type SessionView } from './wire'

interface Props {
  readonly view: CourseView
  readonly one: SessionView
  readonly close: () => void
}

/** Chooses the members of the cohort for whom a session is. */
export function ParticipantsForm({ view, one, close }: Props) {
  const { t, nameOf } = useReader()
  const [people, choose] = useState<string[]>([...one.session.participants])
  const form = useForm(courseCommand(view.programme.id, view.cohort.id), close, ['people'])
  return (
    <FormDialog
      title={t('course.participants')}
      command={form}
      send={() => void form.run({ type: 'chooseParticipants', session: one.session.engagement, people })}
      act={t('shell.save')}
      close={close}
    >
      <Text size="sm">{t('course.participantsHint')}</Text>
      <MultiSelect
        name="people"
        label={t('course.person')}
        placeholder={people.length === 0 ? t('course.everybody') : undefined}
        searchable
        clearable
        maxValues={500}
        data={view.members.map(({ person, name }) => ({ value: person, label: nameOf(name) }))}
        value={people}
        error={form.at('people')}
        onChange={choose}
        clearButtonProps={{ 'aria-label': t('course.everybody') }}
      />
    </FormDialog>
  )
}
