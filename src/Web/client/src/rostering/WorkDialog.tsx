import { Button, Group, Modal, NumberInput, SimpleGrid, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Work } from '../api/schema'
import { ProblemNotice } from '../commands/ProblemNotice'
import { ReasonField } from '../commands/ReasonField'
import { useReader } from '../i18n'
import type { Engagement } from './roster'
import type { UsedRosterCommand } from './useRosterCommand'
import { type Count, countsOf, mostWork } from './work'

interface Props {
  readonly engagement: Engagement
  readonly week: string
  readonly command: UsedRosterCommand
  readonly close: () => void
}

/** Asks what was done when an engagement is completed, or afterwards. Each count may stay empty. */
export default function WorkDialog({ engagement, week, command, close }: Props) {
  const { t, word } = useReader()
  const completes = engagement.status !== 'completed'
  const corrects = engagement.work != null
  const [work, setWork] = useState<Partial<Record<Count, number | string | null>>>({ ...engagement.work })
  const [reason, setReason] = useState('')
  // The version of what the form began with. So somebody else’s counts are never overwritten unseen.
  const [seen] = useState(engagement.version)
  const said = Object.fromEntries(Object.entries(work).filter(([, count]) => count !== '' && count != null)) as Work
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
                data-autofocus={i === 0 || undefined}
                label={word('counts', count)}
                min={0}
                max={mostWork}
                allowDecimal={false}
                allowNegative={false}
                clampBehavior="strict"
                hideControls
                inputMode="numeric"
                value={work[count] ?? ''}
                onChange={(value) => setWork({ ...work, [count]: value })}
              />
            ))}
          </SimpleGrid>
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
