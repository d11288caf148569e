import { Anchor, Group, Stack, Table, Text } from '@mantine/core'
import { IconCircleCheck, IconEye, IconUsers } from '@tabler/icons-react'
import type { ProcedureLevel, ProcedureStanding } from '../api/schema'
import tables from '../certificates/Table.module.css'
import { useReader } from '../i18n'
import { open } from '../shell/opened'
import { datedDay } from '../time/format'

/** Each level has an icon besides its word. */
const levelIcons: Record<ProcedureLevel, typeof IconEye> = { notYet: IconEye, supervised: IconUsers, alone: IconCircleCheck }

interface Props {
  readonly caption: string
  readonly today: string
  readonly standings: readonly ProcedureStanding[]
}

/** Where the team stands with each procedure, how much was agreed, and what is missing, with the numbers from which it follows. */
export function Procedures({ caption, today, standings }: Props) {
  const { t, word, nameOf, locale } = useReader()
  const day = (date: string) => datedDay(`${date}T12:00:00Z`, 'UTC', locale)
  return (
    <div className={tables.scroll} tabIndex={0} role="group" aria-label={caption}>
      <Table className={`${tables.table} ${tables.cards}`} mb="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('ledger.procedure')}</Table.Th>
            <Table.Th scope="col">{t('ledger.level')}</Table.Th>
            {(['assisted', 'supervised', 'alone'] as const).map((part) => (
              <Table.Th key={part} scope="col" className={tables.number}>
                {t(`ledger.${part}`)}
              </Table.Th>
            ))}
            <Table.Th scope="col">{t('ledger.needed')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {standings.map((standing) => {
            const { agreed, counts, level } = standing
            const Icon = levelIcons[level]
            const name = nameOf(agreed.name)
            return (
              <Table.Tr key={agreed.id} data-procedure={agreed.id} data-level={level}>
                <Table.Th scope="row">
                  <bdi>{name}</bdi>
                  <Text size="xs" c="dimmed" fw={400}>
                    {t('ledger.since', { day: day(standing.countedFrom) })}
                  </Text>
                </Table.Th>
                <Table.Td data-label={t('ledger.level')}>
                  <Group gap={6} wrap="nowrap">
                    <Icon size={18} aria-hidden />
                    <Text span inherit fw={600}>
                      {word('levels', level)}
                    </Text>
                  </Group>
                </Table.Td>
                {(['assisted', 'supervised', 'alone'] as const).map((part) => (
                  <Table.Td key={part} data-label={t(`ledger.${part}`)} className={tables.number}>
                    <Cases
                      procedure={agreed.id}
                      what={name}
                      how={t(`ledger.${part}`)}
                      count={counts[part]}
                      agreed={part === 'alone' ? undefined : agreed[part]}
                    />
                  </Table.Td>
                ))}
                <Table.Td data-label={t('ledger.needed')} colSpan={1}>
                  <Needed standing={standing} today={today} day={day} />
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </div>
  )
}

interface CasesProps {
  readonly procedure: string
  readonly what: string
  readonly how: string
  readonly count: number
  readonly agreed: number | undefined
}

/** A count of cases. If it is not zero, it opens the engagements behind it. */
function Cases({ procedure, what, how, count, agreed }: CasesProps) {
  const { t, locale } = useReader()
  const number = new Intl.NumberFormat(locale)
  const text = agreed === undefined ? number.format(count) : t('ledger.of', { count: number.format(count), agreed: number.format(agreed) })
  return count > 0 ? (
    <Anchor
      component="button"
      type="button"
      fz="inherit"
      underline="always"
      aria-label={t('ledger.openCases', { count: text, what, how })}
      onClick={() => open('cases', procedure)}
    >
      {text}
    </Anchor>
  ) : (
    <Text span inherit c="dimmed">
      {text}
    </Text>
  )
}

interface NeededProps {
  readonly standing: ProcedureStanding
  readonly today: string
  readonly day: (date: string) => string
}

/** What is missing for each further level, in how many visits it may come, and from which numbers this follows. */
function Needed({ standing: { agreed, level, steps, pace }, today, day }: NeededProps) {
  const { t, word, locale } = useReader()
  const number = new Intl.NumberFormat(locale)
  if (level === 'alone' && agreed.signedOn && agreed.signedOn <= today)
    return (
      <Text size="sm">
        {t('ledger.signed', { day: day(agreed.signedOn) })}{' '}
        {agreed.reference && (
          <Text span inherit c="dimmed" dir="auto">
            {t('ledger.reference', { reference: agreed.reference })}
          </Text>
        )}
      </Text>
    )
  if (agreed.signedOn) return <Text size="sm">{t('ledger.signedFrom', { day: day(agreed.signedOn) })}</Text>
  return (
    <Stack gap={4}>
      {steps.map(({ level: next, missing, visits, why }) =>
        missing === 0 ? (
          <Text key={next} size="sm">
            {t('ledger.signatures')}
          </Text>
        ) : (
          <Text key={next} size="sm" data-step={next}>
            {visits == null
              ? t('ledger.step', { level: word('levels', next), missing: t('ledger.missing', { count: missing }) })
              : t('ledger.stepVisits', {
                  level: word('levels', next),
                  missing: t('ledger.missing', { count: missing }),
                  visits: t('ledger.visits', { count: visits }),
                })}
            {why && `. ${word('noEstimates', why)}`}
          </Text>
        ),
      )}
      {pace && steps.some(({ visits, missing }) => visits != null && missing > 0) && (
        <Text size="xs" c="dimmed">
          {t('ledger.pace', { cases: number.format(pace.cases), visits: number.format(pace.visits) })}
        </Text>
      )}
    </Stack>
  )
}
