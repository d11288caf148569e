import { Anchor, Button, Group, Modal, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Purpose, TopicItemInitiativeItem, TopicItemProgrammeSummary } from '../api/schema'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { useTopic } from '../live/useTopic'
import type { Engagement } from './roster'
import type { UsedRosterCommand } from './useRosterCommand'

const keyOf = (purpose: Purpose | null | undefined) =>
  purpose?.initiative ? `i/${purpose.initiative}` : purpose?.programme ? `p/${purpose.programme}/${purpose.cohort}` : null

const purposeOf = (key: string | null): Purpose | null => {
  const [kind, id, cohort] = key?.split('/') ?? []
  return kind === 'i' ? { initiative: id } : kind === 'p' ? { programme: id, cohort } : null
}

/** The cohorts and the initiatives of a network, with their names. */
function usePurposes(network: string) {
  const { t, nameOf } = useReader()
  const programmes = [...useTopic(`programmes/${network}`).picture.items.values()].filter(
    (item): item is TopicItemProgrammeSummary => item.type === 'programme',
  )
  const initiatives = [...useTopic(`research/${network}`).picture.items.values()].filter(
    (item): item is TopicItemInitiativeItem => item.type === 'initiative',
  )
  const byName = (a: { label: string }, b: { label: string }) => a.label.localeCompare(b.label)
  return [
    {
      group: t('programmes.title'),
      items: programmes
        .flatMap(({ profile, cohorts }) =>
          cohorts.map(({ cohort }) => ({
            value: `p/${profile.id}/${cohort.id}`,
            label: `${nameOf(profile.name)} · ${nameOf(cohort.name)}`,
          })),
        )
        .sort(byName),
    },
    {
      group: t('research.title'),
      items: initiatives.map(({ id, title }) => ({ value: `i/${id}`, label: nameOf(title) })).sort(byName),
    },
  ]
}

interface FieldProps {
  readonly network: string
  readonly value: Purpose | null
  readonly onChange: (purpose: Purpose | null) => void
}

/** Chooses the cohort or the initiative for which an engagement takes place. */
export function PurposeField({ network, value, onChange }: FieldProps) {
  const { t } = useReader()
  const data = usePurposes(network)
  const key = keyOf(value)
  const isKnown = data.some(({ items }) => items.some((item) => item.value === key))
  return (
    <Select
      name="purpose"
      label={t('board.purpose')}
      description={t('board.purposeHint')}
      searchable
      clearable
      limit={100}
      data={key && !isKnown ? [{ group: t('board.purpose'), items: [{ value: key, label: key.slice(2) }] }, ...data] : data}
      value={key}
      onChange={(next) => onChange(purposeOf(next))}
      clearButtonProps={{ 'aria-label': t('board.clear') }}
    />
  )
}

/** Where the sessions of a cohort, or the meetings of an initiative, are shown. */
export const purposeAddress = ({ programme, cohort, initiative }: Purpose) =>
  initiative ? `/research/initiative/${initiative}` : `/programme/${programme}/course/${cohort}`

interface LineProps {
  readonly network: string
  readonly week: string
  readonly engagement: Engagement
  readonly readOnly: boolean
  readonly command: UsedRosterCommand
}

/** For what an engagement takes place, with what a coordinator needs to change it. */
export function PurposeLine({ network, week, engagement, readOnly, command }: LineProps) {
  const { t } = useReader()
  const [changing, change] = useState(false)
  const { purpose } = engagement
  const mayChange = !readOnly && engagement.status !== 'cancelled' && engagement.status !== 'noShow'
  return (
    <Group gap="xs">
      {purpose ? (
        <Anchor component={Link} href={purposeAddress(purpose)}>
          {t(purpose.initiative ? 'board.openInitiative' : 'board.openCourse')}
        </Anchor>
      ) : (
        t('board.noPurpose')
      )}
      {mayChange && (
        <Button size="compact-xs" variant="default" data-do="purpose" onClick={() => change(true)}>
          {t('board.changePurpose')}
        </Button>
      )}
      {changing && mayChange && (
        <PurposeDialog network={network} week={week} engagement={engagement} command={command} close={() => change(false)} />
      )}
    </Group>
  )
}

function PurposeDialog({ network, week, engagement, command, close }: Omit<LineProps, 'readOnly'> & { close: () => void }) {
  const { t } = useReader()
  const [purpose, setPurpose] = useState<Purpose | null>(engagement.purpose ?? null)
  const submit = async () => {
    if (await command.run({ type: 'setPurpose', engagement: engagement.id, expectedVersion: engagement.version, purpose }, week)) close()
  }
  return (
    <Modal opened onClose={close} title={t('board.purpose')} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      <form onSubmit={(event) => (event.preventDefault(), void submit())}>
        <Stack gap="sm">
          <PurposeField network={network} value={purpose} onChange={setPurpose} />
          <ProblemNotice problem={command.problem} waiting={command.waiting} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={command.busy} disabled={keyOf(purpose) === keyOf(engagement.purpose)}>
              {t('shell.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
