import { Anchor, Button, Center, Container, Group, Loader, Select, Stack, Table, Text, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { Link, useSearch } from 'wouter'
import type { FigureTotal, HostSheet, PartnerSheet } from '../api/schema'
import { useResource } from '../api/useResource'
import tables from '../certificates/Table.module.css'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { clock, datedDay } from '../time/format'
import { useToday } from '../time/useNow'
import { rolesOf, useViewer } from '../viewer/useViewer'
import { NetworkPage, useShow } from './NetworkPage'
import { field, Period } from './Period'
import { pageOf, questionOf } from './question'
import { rightsOf, sheetUrl } from './sheet'

/** The sheets of a period: one of the network as the host, and one of each partner. */
export default function SheetsPage() {
  return <NetworkPage path="/sheets">{(network, names) => <Page network={network} names={names} />}</NetworkPage>
}

const theHost = '-'

function Page({ network, names }: { network: string; names: NetworkNames }) {
  const { t, nameOf } = useReader()
  const search = new URLSearchParams(useSearch())
  const today = useToday(names.zone)
  const { roles } = useViewer()
  const rights = rightsOf(roles, network)
  const partners = (names.network?.partners ?? []).filter(({ id }) => !rights.partners || rights.partners.includes(id))
  const isReader = rights.host || partners.length > 0
  const question = questionOf(search, today)
  const asked = search.get('partner')
  // Whoever may not see the host's sheet sees the first partner's.
  const partner = asked ?? (rights.host ? null : (partners[0]?.id ?? null))
  const days = { from: question.from, to: question.to }
  const show = useShow(`/sheets/${network}`)
  return (
    <Container size="lg" py="md">
      <Group justify="space-between" align="start" mb="xs">
        <Title order={1} size="h2">
          {t('sheets.title')}
        </Title>
        {isReader && (
          <Button
            variant="default"
            component="a"
            href={sheetUrl(network, days, partner, '.csv')}
            download
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t('scorecard.csv')}
          </Button>
        )}
      </Group>
      {isReader ? (
        <>
          <Group align="end" mb="md" role="search" aria-label={t('scorecard.filters')}>
            <Select
              {...field}
              label={t('sheets.of')}
              allowDeselect={false}
              data={[
                ...(rights.host ? [{ value: theHost, label: t('sheets.host') }] : []),
                ...partners.map(({ id, name }) => ({ value: id, label: nameOf(name) })),
              ]}
              value={partner ?? theHost}
              onChange={(value) => show({ partner: value === theHost ? null : value })}
            />
            <Period label={t('scorecard.preset')} days={days} today={today} show={show} />
          </Group>
          {partner ? (
            <OfPartner address={sheetUrl(network, days, partner)} />
          ) : (
            <OfHost network={network} address={sheetUrl(network, days, null)} names={names} />
          )}
        </>
      ) : (
        <Text role="status">{t('sheets.none')}</Text>
      )}
    </Container>
  )
}

/** The answer of the hub, or what is shown in its place. */
function Read<T extends { at: string; zone: string }>({ address, children }: { address: string; children: (sheet: T) => ReactNode }) {
  const { t, locale } = useReader()
  const { data, error } = useResource<T>(address)
  if (!data)
    return error ? (
      <ProblemNotice problem={error} title={t('shell.notRead')} />
    ) : (
      <Center h={160}>
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  return (
    <Stack gap="xl" data-sheet>
      <Text size="sm" c="dimmed">
        {t('sheets.readAt', { when: `${datedDay(data.at, data.zone, locale)} ${clock(data.at, data.zone, locale)}` })}
      </Text>
      {children(data)}
    </Stack>
  )
}

interface PartProps {
  readonly title: string
  readonly rule: string
  readonly columns: readonly string[]
  /** How many of the first columns have text. The others have numbers. */
  readonly texts?: number
  /** The first cell of each line is its name. */
  readonly lines: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
}

/** A part of a sheet: a table, and how it counts. */
function Part({ title, rule, columns, texts = 1, lines }: PartProps) {
  const { t } = useReader()
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h4" id={id} mb="xs">
        {title}
      </Title>
      {lines.length === 0 ? (
        <Text role="status">{t('scorecard.empty')}</Text>
      ) : (
        <div className={tables.scroll} tabIndex={0} role="group" aria-label={title}>
          <Table className={`${tables.table} ${tables.cards}`}>
            <Table.Thead>
              <Table.Tr>
                {columns.map((column, i) => (
                  <Table.Th key={column} scope="col" className={i < texts ? undefined : tables.number}>
                    {column}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lines.map(({ key, cells: [name, ...numbers] }) => (
                <Table.Tr key={key} data-line={key}>
                  <Table.Th scope="row">{name}</Table.Th>
                  {numbers.map((cell, i) => (
                    <Table.Td key={columns[i + 1]} data-label={columns[i + 1]} className={i + 1 < texts ? undefined : tables.number}>
                      {cell}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <Text size="sm" c="dimmed" mt="xs">
        {rule}
      </Text>
    </section>
  )
}

/** The columns and lines of figures. */
function useFigures() {
  const { t, word, locale } = useReader()
  const number = new Intl.NumberFormat(locale)
  return {
    number: (value: number) => number.format(value),
    columns: [t('scorecard.figure'), t('scorecard.planned'), t('scorecard.done'), t('scorecard.notRecorded')],
    line: ({ figure, score }: FigureTotal, of = '') => ({
      key: `${of}${figure}`,
      cells: [word('figures', figure), ...[score.planned, score.done, score.notRecorded].map((value) => number.format(value))],
    }),
  }
}

function OfHost({ network, address, names }: { network: string; address: string; names: NetworkNames }) {
  const { t, nameOf, locale } = useReader()
  const { number, columns, line } = useFigures()
  const roles = rolesOf(useViewer())
  const day = (date: string) => datedDay(`${date}T12:00:00Z`, 'UTC', locale)
  const link = (to: string | null, name: string) =>
    to ? (
      <Anchor component={Link} href={to} underline="always">
        <bdi>{name}</bdi>
      </Anchor>
    ) : (
      <bdi>{name}</bdi>
    )
  return (
    <Read<HostSheet> address={address}>
      {(sheet) => (
        <>
          {sheet.hospitals.length > 0 && (
            <Text size="sm" role="note">
              {t('scorecard.limited', { parts: sheet.hospitals.map(names.hospitalName).join(', ') })}
            </Text>
          )}
          <Part
            title={t('sheets.services')}
            rule={t('sheets.servicesRule')}
            columns={[t('scorecard.specialty'), ...columns]}
            texts={2}
            lines={sheet.services.flatMap(({ specialty, figures }) =>
              figures.map((total) => {
                const { key, cells } = line(total, `${specialty} `)
                return { key, cells: [<bdi key="name">{names.specialtyName(specialty)}</bdi>, ...cells] }
              }),
            )}
          />
          <Part
            title={t('sheets.unstaffed', { count: sheet.unstaffed })}
            rule={t('sheets.unstaffedRule')}
            columns={[t('scorecard.what'), t('scorecard.where'), t('scorecard.specialty'), t('sheets.day')]}
            texts={4}
            lines={sheet.unstaffedWork.map((work) => ({
              key: `${work.thing.week} ${work.thing.id}`,
              cells: [
                link(
                  roles.has('coordinator') || roles.has('registrar') ? `/board/${network}/${work.thing.week}?show=${work.thing.id}` : null,
                  work.thing.title,
                ),
                <bdi key="where">{names.hospitalName(work.hospital)}</bdi>,
                work.specialty && <bdi key="specialty">{names.specialtyName(work.specialty)}</bdi>,
                day(work.day),
              ],
            }))}
          />
          <Part
            title={t('sheets.waiting', { count: sheet.waiting })}
            rule={t('sheets.waitingRule')}
            columns={[t('scorecard.what'), t('sheets.firstDay'), t('sheets.people')]}
            texts={2}
            lines={sheet.waitingFor.map(({ thing, day: first, people }) => ({
              key: thing.id,
              cells: [link(pageOf(thing), nameOf(thing.name ?? undefined) || thing.title), day(first), number(people)],
            }))}
          />
          <Part
            title={t('sheets.taught')}
            rule={t('sheets.taughtRule')}
            columns={columns}
            lines={sheet.people.map((total) => line(total))}
          />
        </>
      )}
    </Read>
  )
}

function OfPartner({ address }: { address: string }) {
  const { t, word, nameOf } = useReader()
  const { number, columns, line } = useFigures()
  return (
    <Read<PartnerSheet> address={address}>
      {(sheet) => (
        <>
          <Part
            title={t('sheets.days')}
            rule={t('sheets.daysRule')}
            columns={[t('sheets.person'), t('sheets.onSite'), t('sheets.remote')]}
            lines={[
              ...sheet.days.map(({ person, name, onSite, remote }) => ({
                key: person,
                cells: [<bdi key="name">{nameOf(name)}</bdi>, number(onSite), number(remote)],
              })),
              ...(sheet.days.length > 0 ? [{ key: 'all', cells: [t('sheets.all'), number(sheet.onSite), number(sheet.remote)] }] : []),
            ]}
          />
          <Part
            title={word('figureGroups', 'teaching')}
            rule={t('sheets.teachingRule')}
            columns={columns}
            lines={sheet.teaching.map((total) => line(total))}
          />
          <Part
            title={t('sheets.initiatives')}
            rule={t('sheets.initiativesRule')}
            columns={[t('sheets.stage'), t('sheets.count')]}
            lines={sheet.stages.map(({ stage, count }) => ({
              key: stage,
              cells: [word('choices', `initiatives.stage.${stage}`), number(count)],
            }))}
          />
          <Part
            title={word('figures', 'publications')}
            rule={t('sheets.publicationsRule')}
            columns={columns}
            lines={[line({ figure: 'publications', score: sheet.publications })]}
          />
        </>
      )}
    </Read>
  )
}
