import { Anchor, Button, Drawer, Group, Loader, Stack, Table, Text } from '@mantine/core'
import useSWRInfinite from 'swr/infinite'
import { Link } from 'wouter'
import { http, type Problem } from '../api/http'
import type { FigureLine, FigureRows } from '../api/schema'
import tables from '../certificates/Table.module.css'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { close } from '../shell/opened'
import { datedDay } from '../time/format'
import { rolesOf, useViewer } from '../viewer/useViewer'
import { type Counted, pageOf, type Question, rowsUrl } from './question'
import { useNaming } from './useNaming'

const page = 50

interface Props {
  readonly network: string
  readonly question: Question
  readonly counted: Counted
  readonly names: NetworkNames
}

/** The rows behind one number, the newest first, with links to the engagements, visits, programmes and initiatives. */
export function RowsDrawer({ network, question, counted, names }: Props) {
  const { t, word, locale } = useReader()
  const naming = useNaming(names)
  const address = rowsUrl(network, question, counted)
  const { data, error, size, setSize, isValidating } = useSWRInfinite<FigureRows, Problem>(
    (index: number) => `${address}&take=${page}&skip=${index * page}`,
    (at: string) => http.get<FigureRows>(at),
    { revalidateOnFocus: false, revalidateFirstPage: false, revalidateOnMount: true },
  )
  const rows = data?.flatMap((each) => each.rows) ?? []
  const count = data?.[0]?.count ?? 0
  const title = [
    word('figures', counted.figure),
    counted.by && naming(counted.by, counted.id!),
    counted.missing && t('scorecard.notRecorded'),
  ]
  return (
    <Drawer
      opened
      onClose={() => close('rows')}
      position="right"
      size="xl"
      title={title.filter(Boolean).join(' · ')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack gap="sm" data-rows={counted.figure}>
        <ProblemNotice problem={error} title={t('shell.notRead')} />
        {!data && !error && <Loader aria-label={t('shell.loading')} />}
        {data && (
          <Group justify="space-between">
            <Text role="status">{t('scorecard.rows', { count })}</Text>
            {count > 0 && (
              <Anchor href={rowsUrl(network, question, counted, '.csv')} download>
                {t('scorecard.csv')}
              </Anchor>
            )}
          </Group>
        )}
        {rows.length > 0 && (
          <Table className={`${tables.table} ${tables.cards}`}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('scorecard.what')}</Table.Th>
                <Table.Th scope="col">{t('scorecard.where')}</Table.Th>
                <Table.Th scope="col" className={tables.number}>
                  {t('scorecard.planned')}
                </Table.Th>
                <Table.Th scope="col" className={tables.number}>
                  {t('scorecard.done')}
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={`${row.thing.id} ${row.thing.person} ${row.thing.week}`}>
                  <Table.Th scope="row">
                    <Thing network={network} row={row} names={names} />
                    <Text size="xs" c="dimmed" fw={400}>
                      {datedDay(`${row.day}T12:00:00Z`, 'UTC', locale)}
                    </Text>
                  </Table.Th>
                  <Table.Td data-label={t('scorecard.where')}>
                    {row.hospitals.map((hospital) => (
                      <div key={hospital}>
                        <bdi>{names.hospitalName(hospital)}</bdi>
                      </div>
                    ))}
                    <Text size="xs" c="dimmed">
                      {[...row.specialties.map(names.specialtyName), ...row.partners.map((p) => naming('partners', p))].join(' · ')}
                    </Text>
                  </Table.Td>
                  <Table.Td data-label={t('scorecard.planned')} className={tables.number}>
                    {row.planned}
                  </Table.Td>
                  <Table.Td data-label={t('scorecard.done')} className={tables.number}>
                    {row.notRecorded > 0 ? t('scorecard.notRecorded') : row.done}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {rows.length < count && (
          <Button variant="default" loading={isValidating} onClick={() => void setSize(size + 1)}>
            {t('scorecard.more')}
          </Button>
        )}
      </Stack>
    </Drawer>
  )
}

/** The name of the thing behind a row. It is a link if the reader may open the page. */
function Thing({ network, row: { thing }, names }: { network: string; row: FigureLine; names: NetworkNames }) {
  const { t, nameOf } = useReader()
  const roles = rolesOf(useViewer())
  const name = thing.person
    ? t('scorecard.stayOf', { who: names.personName(thing.person) })
    : nameOf(thing.name ?? undefined) || thing.title
  const to =
    thing.week && (roles.has('coordinator') || roles.has('registrar'))
      ? `/board/${network}/${thing.week}?show=${thing.id}`
      : thing.person && roles.has('coordinator')
        ? `/people/${thing.person}`
        : pageOf(thing)
  return to ? (
    <Anchor component={Link} href={to} underline="always">
      <bdi>{name}</bdi>
    </Anchor>
  ) : (
    <bdi>{name}</bdi>
  )
}
