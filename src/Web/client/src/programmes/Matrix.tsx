import { Anchor, Group, Paper, Stack, Table, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Link } from 'wouter'
import { useReader } from '../i18n'
import { PaperState } from './PaperState'
import classes from './Programmes.module.css'
import { StatusBadge } from './StatusBadge'
import { useDates } from './useDates'
import type { DossierRow } from './wire'

const keyOf = (row: DossierRow) => `${row.programme}/${row.cohort.id}`

/** Programmes down, papers across: what is there, what is missing, what lapses too early, and who must act. */
export function Matrix({ rows }: { rows: readonly DossierRow[] }) {
  const { t, nameOf } = useReader()
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  // Programmes that ask for the same paper have it in the same column.
  const names = new Map(rows.flatMap((row) => row.papers.map((cell) => [`${cell.kind}/${cell.name.en}`, cell.name] as const)))
  const cellOf = (row: DossierRow, column: string) => row.papers.find((cell) => `${cell.kind}/${cell.name.en}` === column)
  if (narrow)
    return (
      <Stack gap="md">
        {rows.map((row) => (
          <Paper key={keyOf(row)} withBorder p="sm" radius="md" data-row={keyOf(row)}>
            <Heading row={row} />
            {row.papers.length === 0 && <Text size="sm">{t('dossier.asksNothing')}</Text>}
            {row.papers.map((cell) => (
              <Group key={cell.requirement} gap="xs" wrap="nowrap" justify="space-between" align="flex-start" mt={4}>
                <Text size="sm" dir="auto">
                  {nameOf(cell.name)}
                </Text>
                <PaperState cell={cell} />
              </Group>
            ))}
          </Paper>
        ))}
      </Stack>
    )
  return (
    <div className={classes.scroll} role="group" aria-label={t('dossier.matrix')} tabIndex={0}>
      <Table className={classes.matrix} withTableBorder withColumnBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('columns.programme')}</Table.Th>
            {[...names].map(([column, name]) => (
              <Table.Th key={column} dir="auto">
                {nameOf(name)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={keyOf(row)} data-row={keyOf(row)}>
              <Table.Th scope="row">
                <Heading row={row} />
              </Table.Th>
              {[...names.keys()].map((column) => {
                const cell = cellOf(row, column)
                return (
                  <Table.Td key={column}>
                    {cell ? (
                      <PaperState cell={cell} />
                    ) : (
                      <Text size="sm" c="dimmed">
                        {t('dossier.notAsked')}
                      </Text>
                    )}
                  </Table.Td>
                )
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

/** The programme and the cohort of a row. */
function Heading({ row }: { row: DossierRow }) {
  const { nameOf } = useReader()
  const { period } = useDates()
  return (
    <>
      <Anchor component={Link} href={`/programme/${row.programme}`} fw={600} dir="auto" display="block">
        {nameOf(row.name)}
      </Anchor>
      <Text size="xs" c="dimmed" mb={4}>
        {period(row.cohort.from, row.cohort.to)}
      </Text>
      {row.status && <StatusBadge status={row.status} />}
    </>
  )
}
