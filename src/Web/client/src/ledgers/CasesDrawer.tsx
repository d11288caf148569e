import { Anchor, Button, Drawer, Loader, Stack, Table, Text } from '@mantine/core'
import useSWRInfinite from 'swr/infinite'
import { Link } from 'wouter'
import { http, type Problem } from '../api/http'
import type { CaseLine, CaseLines } from '../api/schema'
import tables from '../certificates/Table.module.css'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { close } from '../shell/opened'
import { datedDay } from '../time/format'
import { rolesOf, useViewer } from '../viewer/useViewer'
import { casesUrl } from './address'

const page = 50

interface Props {
  readonly network: string
  readonly hospital: string
  readonly procedure: string
  readonly names: NetworkNames
}

/** The engagements behind the cases of a procedure, the newest first. */
export function CasesDrawer({ network, hospital, procedure, names }: Props) {
  const { t, locale } = useReader()
  const address = casesUrl(hospital, procedure)
  const { data, error, size, setSize, isValidating } = useSWRInfinite<CaseLines, Problem>(
    (index: number) => `${address}&take=${page}&skip=${index * page}`,
    (at: string) => http.get<CaseLines>(at),
    { revalidateOnFocus: false, revalidateFirstPage: false, revalidateOnMount: true },
  )
  const lines = data?.flatMap((each) => each.lines) ?? []
  const count = data?.[0]?.count ?? 0
  return (
    <Drawer
      opened
      onClose={() => close('cases')}
      position="right"
      size="xl"
      title={<bdi>{names.procedureName(hospital, procedure)}</bdi>}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack gap="sm" data-cases={procedure}>
        <ProblemNotice problem={error} title={t('shell.notRead')} />
        {!data && !error && <Loader aria-label={t('shell.loading')} />}
        {data && <Text role="status">{t('ledger.cases', { count })}</Text>}
        {lines.length > 0 && (
          <Table className={`${tables.table} ${tables.cards}`}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('ledger.what')}</Table.Th>
                {(['assisted', 'supervised', 'alone'] as const).map((part) => (
                  <Table.Th key={part} scope="col" className={tables.number}>
                    {t(`ledger.${part}`)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lines.map((line) => (
                <Table.Tr key={line.engagement}>
                  <Table.Th scope="row">
                    <Name network={network} line={line} />
                    <Text size="xs" c="dimmed" fw={400}>
                      {datedDay(`${line.day}T12:00:00Z`, 'UTC', locale)}
                    </Text>
                  </Table.Th>
                  {(['assisted', 'supervised', 'alone'] as const).map((part) => (
                    <Table.Td key={part} data-label={t(`ledger.${part}`)} className={tables.number}>
                      {line[part]}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {lines.length < count && (
          <Button variant="default" loading={isValidating} onClick={() => void setSize(size + 1)}>
            {t('ledger.more')}
          </Button>
        )}
      </Stack>
    </Drawer>
  )
}

/** The name of an engagement. It is a link if the reader may open the board. */
function Name({ network, line }: { network: string; line: CaseLine }) {
  const roles = rolesOf(useViewer())
  return roles.has('coordinator') || roles.has('registrar') ? (
    <Anchor component={Link} href={`/board/${network}/${line.week}?show=${line.engagement}`} underline="always">
      <bdi>{line.title}</bdi>
    </Anchor>
  ) : (
    <bdi>{line.title}</bdi>
  )
}
