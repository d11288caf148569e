import { Center, Container, Loader, Select, Text, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Link, Redirect, useLocation, useParams } from 'wouter'
import type { NetworkView } from '../api/schema'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { useViewer } from '../viewer/useViewer'
import classes from './Records.module.css'
import { TablePage } from './TablePage'
import { addressOf, noNetwork, ownerOf, owners } from './tables'
import { useNames } from './useNames'
import type { RecordTable } from './wire'

/** The data of a network, table by table. The address names the network, the table, and what is shown of it. */
export default function RecordsPage() {
  const { t, word } = useReader()
  const viewer = useViewer()
  const asked = useParams<{ network?: string; table?: string }>()
  const tables = useResource<RecordTable[]>('/api/tables')
  const networks = useResource<NetworkView[]>(asked.network !== noNetwork && (asked.network || viewer.network) ? null : '/api/networks')
  const known = asked.network === noNetwork ? undefined : asked.network
  const network = known ?? (viewer.network || (networks.data && (networks.data[0]?.network.id ?? noNetwork)))
  const problem = tables.error ?? networks.error
  if (problem)
    return (
      <Container size="sm" py="md">
        <ProblemNotice problem={problem} title={t('shell.notRead')} />
      </Container>
    )
  if (!tables.data || !network)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  // Without a network, people can only enter the first one.
  const open = network === noNetwork ? tables.data.filter(({ name }) => name === 'networks') : tables.data
  const table = asked.table ? open.find(({ name }) => name === asked.table) : open[0]
  if (!table)
    return (
      <Container size="sm" py="md">
        <Title order={1} size="h2">
          {t('records.title')}
        </Title>
        <Text role="status">{t('records.noTable')}</Text>
      </Container>
    )
  if (asked.network !== network || !asked.table) return <Redirect to={addressOf(network, table.name)} replace />
  return <Tables key={network} network={network} tables={open} table={table} title={word('tables', table.name)} />
}

interface Props {
  readonly network: string
  readonly tables: readonly RecordTable[]
  readonly table: RecordTable
  readonly title: string
}

function Tables({ network, tables, table, title }: Props) {
  const { t, word } = useReader()
  const [, go] = useLocation()
  const names = useNames(network, tables)
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false })
  const groups = owners
    .map((owner) => ({ owner, tables: tables.filter((each) => ownerOf(each) === owner) }))
    .filter((group) => group.tables.length > 0)
  const choice = names.networks.length > 1 && (
    <Select
      label={t('records.network')}
      data={names.networks.map(({ id, name }) => ({ value: id, label: name }))}
      value={network}
      allowDeselect={false}
      onChange={(id) => id && go(addressOf(id, table.name))}
    />
  )
  return (
    <div className={classes.page}>
      {narrow ? (
        <div className={classes.choices}>
          {choice}
          <Select
            label={t('records.table')}
            data={groups.map((group) => ({
              group: word('recordGroups', group.owner),
              items: group.tables.map(({ name }) => ({ value: name, label: word('tables', name) })),
            }))}
            value={table.name}
            allowDeselect={false}
            onChange={(name) => name && go(addressOf(network, name))}
          />
        </div>
      ) : (
        <nav className={classes.side} aria-label={t('records.tables')}>
          {choice}
          {groups.map((group) => (
            <div key={group.owner} role="group" aria-labelledby={`records-${group.owner}`}>
              <h2 id={`records-${group.owner}`}>{word('recordGroups', group.owner)}</h2>
              <ul>
                {group.tables.map(({ name }) => (
                  <li key={name}>
                    <Link href={addressOf(network, name)} aria-current={name === table.name ? 'page' : undefined}>
                      {word('tables', name)}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
      )}
      <TablePage key={table.name} network={network} tables={tables} table={table} title={title} names={names} />
    </div>
  )
}
