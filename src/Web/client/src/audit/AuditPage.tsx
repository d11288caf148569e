import { Button, Center, Container, Group, Loader, Select, Table, Text, TextInput, Title } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import useSWRInfinite from 'swr/infinite'
import { useLocation, useSearch } from 'wouter'
import { http, type Problem } from '../api/http'
import type { AuditEntry, AuditPage as Found } from '../api/schema'
import tables from '../certificates/Table.module.css'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { clock, datedDay, exact } from '../time/format'
import classes from './Audit.module.css'
import { kinds } from './kinds'
import { queryOf } from './question'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Who signed in, was refused, got a role or read private data. The filters are in the address, so that Back works. */
export default function AuditPage() {
  const { t, word } = useReader()
  const [, go] = useLocation()
  const asked = new URLSearchParams(useSearch())
  const address = `/api/audit?${queryOf(asked, zone)}`
  const { data, error, size, setSize, isValidating } = useSWRInfinite<Found, Problem>(
    (index: number, before: Found | null) =>
      index === 0 ? address : before?.next ? `${address}&before=${encodeURIComponent(before.next)}` : null,
    (at: string) => http.get<Found>(at),
    { revalidateOnFocus: false, revalidateFirstPage: false, revalidateIfStale: false },
  )
  const show = (name: string, value: string | null) => {
    const next = new URLSearchParams(location.search)
    if (value) next.set(name, value)
    else next.delete(name)
    const text = next.toString()
    go(`/audit${text && `?${text}`}`, { replace: true })
  }
  const rows = data?.flatMap((page) => page.rows) ?? []
  const older = data?.at(-1)?.next
  return (
    <Container size="xl" py="md">
      <Title order={1} size="h2" mb="xs">
        {t('audit.title')}
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        {t('audit.what')}
      </Text>
      <Group mb="sm" align="end" role="search" aria-label={t('audit.filters')}>
        <Written name="text" label={t('audit.text')} value={asked.get('text') ?? ''} show={show} search />
        <Written name="person" label={t('audit.person')} value={asked.get('person') ?? ''} show={show} />
        <Select
          label={t('audit.kind')}
          flex="1 1 14rem"
          maw={{ base: '100%', xs: 320 }}
          clearable
          placeholder={t('audit.anyKind')}
          clearButtonProps={{ 'aria-label': t('audit.anyKind') }}
          data={kinds.map((kind) => ({ value: kind, label: word('auditKinds', kind) }))}
          value={asked.get('kind')}
          onChange={(kind) => show('kind', kind)}
        />
        <TextInput
          type="date"
          name="from"
          flex="1 1 9rem"
          maw={{ base: '100%', xs: 200 }}
          label={t('audit.from')}
          value={asked.get('from') ?? ''}
          onChange={(e) => show('from', e.currentTarget.value)}
        />
        <TextInput
          type="date"
          name="to"
          flex="1 1 9rem"
          maw={{ base: '100%', xs: 200 }}
          label={t('audit.to')}
          value={asked.get('to') ?? ''}
          onChange={(e) => show('to', e.currentTarget.value)}
        />
      </Group>
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      {!data && !error && (
        <Center h={120}>
          <Loader aria-label={t('shell.loading')} />
        </Center>
      )}
      {data && rows.length === 0 && <Text role="status">{t(older ? 'audit.nothingYet' : 'audit.nothing')}</Text>}
      {rows.length > 0 && (
        <div className={tables.scroll} tabIndex={0} role="group" aria-label={t('audit.title')}>
          <Table className={`${tables.table} ${tables.cards} ${tables.lines}`}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('audit.time')}</Table.Th>
                <Table.Th scope="col">{t('audit.who')}</Table.Th>
                <Table.Th scope="col">{t('audit.did')}</Table.Th>
                <Table.Th scope="col">{t('audit.where')}</Table.Th>
                <Table.Th scope="col">{t('audit.why')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {older && (
        <Button mt="md" variant="default" loading={isValidating} onClick={() => void setSize(size + 1)}>
          {t('audit.older')}
        </Button>
      )}
    </Container>
  )
}

interface WrittenProps {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly show: (name: string, value: string | null) => void
  readonly search?: boolean
}

/** A text that is searched for when the person has stopped typing. */
function Written({ name, label, value, show, search }: WrittenProps) {
  const [typed, setTyped] = useState(value)
  const [told, setTold] = useState(value)
  const tell = useDebouncedCallback((text: string) => show(name, text.trim()), 250)
  // The address may change without the field, for example when the person goes back.
  if (value !== told) {
    setTold(value)
    if (value !== typed.trim()) setTyped(value)
  }
  return (
    <TextInput
      type={search ? 'search' : 'text'}
      name={name}
      flex="1 1 12rem"
      maw={{ base: '100%', xs: 320 }}
      maxLength={80}
      label={label}
      leftSection={search && <IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={(e) => (setTyped(e.currentTarget.value), tell(e.currentTarget.value))}
    />
  )
}

function Row({ row }: { row: AuditEntry }) {
  const { t, word, nameOf, locale } = useReader()
  // The row of a refused request names the action that the person lacked.
  const told = word('auditActions', row.what)
  const what = told === row.what ? word('actions', row.what) : told
  const at = `${datedDay(row.at, zone, locale)} ${clock(row.at, zone, locale)}`
  return (
    <Table.Tr data-kind={row.kind}>
      <Table.Th scope="row" className={classes.when}>
        <time dateTime={row.at} title={exact(row.at, zone, locale)}>
          {at}
        </time>
        {row.count > 1 && (
          <Text size="xs" c="dimmed">
            {t('audit.times', { count: row.count })}
          </Text>
        )}
      </Table.Th>
      <Table.Td data-label={t('audit.who')} className={classes.who}>
        {row.person ? (
          <>
            <bdi>{row.person === 'hub-system' ? word('roles', 'system') : row.name ? nameOf(row.name) : row.person}</bdi>
            {row.name && (
              <Text size="xs" c="dimmed" className={classes.long}>
                <bdi>{row.person}</bdi>
              </Text>
            )}
          </>
        ) : (
          t('audit.unknown')
        )}
      </Table.Td>
      <Table.Td data-label={t('audit.did')} className={classes.long}>
        <Text size="sm">{word('auditKinds', row.kind)}</Text>
        <Text size="sm">{what}</Text>
        {row.thing && (
          <Text size="xs" c="dimmed">
            <bdi>{row.thing}</bdi>
          </Text>
        )}
        {row.before && <Text size="xs">{t('audit.before', { what: row.before })}</Text>}
        {row.after && <Text size="xs">{t('audit.after', { what: row.after })}</Text>}
      </Table.Td>
      <Table.Td data-label={t('audit.where')} className={`${classes.long} ${classes.where}`}>
        {row.address && <bdi>{row.address}</bdi>}
        {row.route && (
          <Text size="xs" c="dimmed" title={row.device ?? undefined}>
            <bdi>{row.route}</bdi>
          </Text>
        )}
      </Table.Td>
      <Table.Td data-label={t('audit.why')} className={classes.long}>
        {row.why && (
          <span dir="auto">{/\.denied$/.test(row.why) && row.kind === 'refused' ? t('audit.denied') : word('findings', row.why)}</span>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
