import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { FormDialog } from '../accounts/CommandForm'
import { useForm } from '../accounts/useForm'
import { useReader } from '../i18n'
import { useViewer } from '../viewer/useViewer'
import { courseCommand, type CourseView, type SessionView } from './wire'

interface Props {
  readonly view: CourseView
  readonly one: SessionView
  readonly close: () => void
}

const states = ['present', 'absent', 'excused'] as const
type Said = (typeof states)[number] | ''

/** Records who was in a session. What the lecture room knows is shown, and counts until somebody says something else. */
export function PresenceForm({ view, one, close }: Props) {
  const { t, word, nameOf } = useReader()
  const { person: me } = useViewer()
  const [said, say] = useState<ReadonlyMap<string, Said>>(new Map())
  const form = useForm(courseCommand(view.programme.id, view.cohort.id), close, ['people'])
  const others = one.people.filter(({ person }) => person !== me)
  const before = (person: string): Said => one.session.marks[person]?.state ?? ''
  const state = (person: string): Said => said.get(person) ?? before(person)
  const changed = others.filter(({ person }) => state(person) !== before(person))
  return (
    <FormDialog
      title={t('course.recordTitle', { title: one.session.title })}
      command={form}
      send={() =>
        void form.run({
          type: 'markPresence',
          session: one.session.engagement,
          people: changed.map(({ person }) => ({ person, state: state(person) || null })),
        })
      }
      act={t('shell.save')}
      disabled={changed.length === 0}
      close={close}
    >
      {others.length === 0 && <Text>{t('course.nobody')}</Text>}
      {others.length > 1 && (
        <Group>
          <Button
            size="xs"
            variant="default"
            data-do="allPresent"
            onClick={() => say(new Map(others.map(({ person }) => [person, state(person) || ('present' as const)])))}
          >
            {t('course.allPresent')}
          </Button>
        </Group>
      )}
      <Stack gap="xs">
        {others.map(({ person, name, byRoom, presence }) => (
          <div key={person} data-person={person}>
            <Text size="sm" fw={600}>
              <bdi>{nameOf(name)}</bdi>
            </Text>
            {byRoom && presence && (
              <Text size="xs" c="dimmed">
                {t('course.byRoom')}
              </Text>
            )}
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label={nameOf(name)}
              value={state(person)}
              onChange={(value) => say(new Map(said).set(person, value as Said))}
              data={[{ value: '', label: t('course.notSaid') }, ...states.map((value) => ({ value, label: word('presences', value) }))]}
            />
          </div>
        ))}
      </Stack>
    </FormDialog>
  )
}
