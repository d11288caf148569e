import { Checkbox, Text } from '@mantine/core'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { useViewer } from '../viewer/useViewer'
import classes from './Research.module.css'
import { type Edit, Entry, Section } from './Section'
import { useInitiativeCommand } from './useInitiativeCommand'
import type { When } from './useWhen'
import type { Initiative } from './wire'

interface Props {
  readonly initiative: Initiative
  readonly edit: Edit | undefined
  /** Whether the viewer may mark every task. */
  readonly leads: boolean
  readonly names: NetworkNames
  readonly when: When
  readonly today: string
  readonly changed: () => unknown
}

/** The tasks: first those that are open, by their due days. The owner and the leads mark them done. */
export function Tasks({ initiative, edit, leads, names, when, today, changed }: Props) {
  const { t } = useReader()
  const { person } = useViewer()
  const command = useInitiativeCommand(initiative.profile.id, changed)
  const rank = ({ done, due }: Initiative['tasks'][number]) => (done ? `1${done}` : `0${due ?? '9999'}`)
  return (
    <Section table="tasks" edit={edit} empty={initiative.tasks.length === 0}>
      <ProblemNotice problem={command.problem} waiting={command.waiting} />
      <ul className={classes.entries}>
        {[...initiative.tasks]
          .sort((a, b) => rank(a).localeCompare(rank(b)))
          .map((task) => {
            const may = leads || task.owner === person
            const isLate = !task.done && !!task.due && task.due < today
            const day = task.done
              ? t('research.done', { day: when.day(task.done) })
              : task.due && t(isLate ? 'research.late' : 'research.due', { day: when.day(task.due) })
            return (
              <Entry key={task.id} table="tasks" id={task.id} name={task.title} edit={edit} late={isLate}>
                <Checkbox
                  checked={!!task.done}
                  // What others own can only be read.
                  disabled={!may || command.busy}
                  label={<bdi style={task.done ? { textDecoration: 'line-through' } : undefined}>{task.title}</bdi>}
                  onChange={(event) => void command.run({ type: 'markTask', task: task.id, done: event.currentTarget.checked })}
                />
                <Text size="sm" c="dimmed">
                  {t('research.owner', { name: names.personName(task.owner) })}
                </Text>
                {day && (
                  <Text size="sm" c={isLate ? 'var(--hub-warning)' : 'dimmed'}>
                    {day}
                  </Text>
                )}
              </Entry>
            )
          })}
      </ul>
    </Section>
  )
}
