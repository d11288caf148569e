import { Badge, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCircleDashed } from '@tabler/icons-react'
import { useReader } from '../i18n'
import { inOrder, lateOf } from './board'
import classes from './Research.module.css'
import { type Edit, Entry, Section } from './Section'
import type { When } from './useWhen'
import type { Initiative } from './wire'

interface Props {
  readonly initiative: Initiative
  readonly edit: Edit | undefined
  readonly when: When
  readonly today: string
}

/** The milestones in their order, with those that are late. */
export function Milestones({ initiative, edit, when, today }: Props) {
  const { t, nameOf } = useReader()
  const { milestones, late, profile } = initiative
  const nameBy = new Map(milestones.map(({ id, name }) => [id, nameOf(name)]))
  return (
    <Section table="milestones" edit={edit} empty={milestones.length === 0}>
      <ol className={classes.entries}>
        {inOrder(milestones).map((milestone) => {
          const told = milestone.done ? undefined : lateOf(milestone, late)
          const isLate = !milestone.done && profile.stage !== 'closed' && (!!told || milestone.due < today)
          const [state, Icon] = milestone.done
            ? (['research.doneMilestone', IconCheck] as const)
            : isLate
              ? (['research.lateMilestone', IconAlertTriangle] as const)
              : (['research.openMilestone', IconCircleDashed] as const)
          const day = milestone.done
            ? t('research.done', { day: when.day(milestone.done) })
            : t(isLate ? 'research.late' : 'research.due', { day: when.day(milestone.due) })
          return (
            <Entry key={milestone.id} table="milestones" id={milestone.id} name={nameOf(milestone.name)} edit={edit} late={isLate}>
              <Group gap="xs">
                <Text fw={600} dir="auto">
                  {nameOf(milestone.name)}
                </Text>
                <Badge variant="default" tt="none" leftSection={<Icon size={12} aria-hidden />}>
                  {t(state)}
                </Badge>
              </Group>
              <Text size="sm" c={isLate ? 'var(--hub-warning)' : 'dimmed'}>
                {day}
              </Text>
              {milestone.after.length > 0 && (
                <Text size="sm" c="dimmed">
                  {t('research.after', { names: milestone.after.map((id) => `\u2068${nameBy.get(id) ?? id}\u2069`).join(' · ') })}
                </Text>
              )}
              {told?.acknowledged && <Text size="sm">{t('research.acknowledged')}</Text>}
              {told?.escalated && <Text size="sm">{t('research.escalated')}</Text>}
            </Entry>
          )
        })}
      </ol>
    </Section>
  )
}
