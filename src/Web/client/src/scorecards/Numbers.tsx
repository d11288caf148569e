import { Anchor, Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Score } from '../api/schema'
import tables from '../certificates/Table.module.css'
import { useReader } from '../i18n'
import { open } from '../shell/opened'
import { type Counted, wordOf } from './question'

interface Line {
  readonly key: string
  readonly name: ReactNode
  readonly label: string
  readonly score: Score
  /** What the numbers open. */
  readonly counted: Counted
}

/** A table of numbers. Each number that is not zero opens the rows behind it. */
export function Numbers({ caption, first, lines }: { caption: string; first: string; lines: readonly Line[] }) {
  const { t } = useReader()
  return (
    <div className={tables.scroll} tabIndex={0} role="group" aria-label={caption}>
      <Table className={`${tables.table} ${tables.cards}`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" w="40%">
              {first}
            </Table.Th>
            <Table.Th scope="col" w="20%" className={tables.number}>
              {t('scorecard.planned')}
            </Table.Th>
            <Table.Th scope="col" w="20%" className={tables.number}>
              {t('scorecard.done')}
            </Table.Th>
            <Table.Th scope="col" w="20%" className={tables.number}>
              {t('scorecard.notRecorded')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map(({ key, name, label, score, counted }) => (
            <Table.Tr key={key} data-line={key}>
              <Table.Th scope="row">{name}</Table.Th>
              <Cell label={t('scorecard.planned')} of={label} value={score.planned} counted={counted} />
              <Cell label={t('scorecard.done')} of={label} value={score.done} counted={counted} strong />
              <Cell label={t('scorecard.notRecorded')} of={label} value={score.notRecorded} counted={{ ...counted, missing: true }} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

interface CellProps {
  readonly label: string
  readonly of: string
  readonly value: number
  readonly counted: Counted
  readonly strong?: boolean
}

function Cell({ label, of, value, counted, strong }: CellProps) {
  const { t, locale } = useReader()
  const text = new Intl.NumberFormat(locale).format(value)
  return (
    <Table.Td data-label={label} className={tables.number}>
      {value > 0 ? (
        <Anchor
          component="button"
          type="button"
          fw={strong ? 600 : 400}
          fz="inherit"
          underline="always"
          aria-label={t('scorecard.openRows', { value, what: `${of}, ${label}` })}
          onClick={() => open('rows', wordOf(counted))}
        >
          {text}
        </Anchor>
      ) : (
        <Text span inherit c={value > 0 ? undefined : 'dimmed'}>
          {text}
        </Text>
      )}
    </Table.Td>
  )
}
