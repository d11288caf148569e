import { Button, Fieldset, Group, Modal, NumberInput, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Work } from '../api/schema'
import { ProblemNotice } from '../commands/ProblemNotice'
import { ReasonField } from '../commands/ReasonField'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import type { Engagement } from './roster'
import type { UsedRosterCommand } from './useRosterCommand'
import { type CaseNumbers, caseParts, casesOf, type Count, countsOf, mostProcedures, mostWork, proceduresOf } from './work'

interface Props {
  readonly engagement: Engagement
  readonly names: Pick<NetworkNames, 'hospital' | 'procedureName'>
  readonly week: string
  readonly command: UsedRosterCommand
  readonly close: () => void
}

const numbers = {
  min: 0,
  max: mostWork,
  allowDecimal: false,
  allowNegative: false,
  clampBehavior: 'strict',
  hideControls: true,
  inputMode: 'numeric',
} as const

/** Asks what was done when an engagement is completed, or afterwards. Each count may stay empty. */
export default function WorkDialog({ engagement, names, week, command, close }: Props) {
  const { t, word } = useReader()
  const completes = engagement.status !== 'completed'
  const corrects = engagement.work != null
  const [{ procedures: recorded, ...first }] = useState<Partial<Work>>({ ...engagement.work })
  const [work, setWork] = useState<Partial<Record<Count, number | string | null>>>(first)
  const agreed = proceduresOf(engagement, names.hospital(engagement.hospital))
  // A hospital may have agreed many procedures. A few are shown at once, more are chosen.
  const [cases, setCases] = useState<Readonly<Record<string, CaseNumbers>>>(() => ({
    ...(agreed.length <= 2 ? Object.fromEntries(agreed.map(({ id }) => [id, {}])) : {}),
    ...Object.fromEntries((recorded ?? []).map(({ procedure, ...numbers }) => [procedure, numbers])),
  }))
  const others = agreed.filter(({ id }) => !(id in cases))
  const [reason, setReason] = useState('')
  // The version of what the form began with. So somebody else’s counts are never overwritten unseen.
  const [seen] = useState(engagement.version)
  const counted = casesOf(cases)
  const said = {
    ...Object.fromEntries(Object.entries(work).filter(([, count]) => count !== '' && count != null)),
    ...(counted.length > 0 ? { procedures: counted } : {}),
  } as Work
  const empty = Object.keys(said).length === 0
  const send = async () => {
    const base = { engagement: engagement.id, expectedVersion: seen }
    const input = completes
      ? ({ ...base, type: 'complete', work: empty ? undefined : said } as const)
      : ({ ...base, type: 'recordWork', work: said, reason: reason.trim() || undefined } as const)
    if (await command.run(input, week)) close()
  }
  return (
    <Modal
      opened
      onClose={close}
      title={t(completes ? 'work.completeTitle' : 'work.title', { title: engagement.title })}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={(event) => (event.preventDefault(), void send())}>
        <Stack gap="sm">
          <Text size="sm">{t('work.hint')}</Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            {countsOf(engagement.kind, engagement.work).map((count, i) => (
              <NumberInput
                key={count}
                {...numbers}
                data-autofocus={i === 0 || undefined}
                label={word('counts', count)}
                value={work[count] ?? ''}
                onChange={(value) => setWork({ ...work, [count]: value })}
              />
            ))}
          </SimpleGrid>
          {(agreed.length > 0 || Object.keys(cases).length > 0) && (
            <Text size="sm" c="dimmed">
              {t('work.procedureHint')}
            </Text>
          )}
          {Object.entries(cases).map(([procedure, of]) => (
            <Fieldset key={procedure} legend={<bdi>{names.procedureName(engagement.hospital, procedure)}</bdi>} data-procedure={procedure}>
              <SimpleGrid cols={{ base: 1, xs: 3 }}>
                {caseParts.map((part) => (
                  <NumberInput
                    key={part}
                    {...numbers}
                    label={t(`work.${part}`)}
                    value={of[part] ?? ''}
                    onChange={(value) => setCases({ ...cases, [procedure]: { ...of, [part]: value } })}
                  />
                ))}
              </SimpleGrid>
            </Fieldset>
          ))}
          {others.length > 0 && Object.keys(cases).length < mostProcedures && (
            <Select
              // A new field forgets what was typed.
              key={Object.keys(cases).length}
              label={t('work.procedure')}
              searchable
              data={others.map(({ id }) => ({ value: id, label: names.procedureName(engagement.hospital, id) }))}
              value={null}
              onChange={(id) => id && setCases({ ...cases, [id]: {} })}
            />
          )}
          {corrects && <ReasonField value={reason} onChange={setReason} />}
          <ProblemNotice problem={command.problem} waiting={command.waiting} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={command.busy} disabled={corrects ? !reason.trim() : !completes && empty}>
              {t(completes ? (empty ? 'work.completeWithout' : 'work.complete') : 'work.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
