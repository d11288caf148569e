import { Center, Container, Group, Loader, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { Redirect, useLocation, useParams, useSearch } from 'wouter'
import type { LedgerAnswer, SpecialtyLedger } from '../api/schema'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { type NetworkNames, useNetwork } from '../networks/useNetwork'
import { Numbers } from '../scorecards/Numbers'
import { countedOf, daysOf, type Preset, presetOf, presets } from '../scorecards/question'
import { RowsDrawer } from '../scorecards/RowsDrawer'
import { useOpened } from '../shell/opened'
import { useToday } from '../time/useNow'
import { usePart } from '../rostering/part'
import { useViewer } from '../viewer/useViewer'
import { type Asked, askedOf, ledgerUrl } from './address'
import { CasesDrawer } from './CasesDrawer'
import { Procedures } from './Procedures'

/** What was done at a hospital, and what its team has learned. */
export default function LedgerPage() {
  const { network: own } = useViewer()
  const { network } = useParams<{ network?: string }>()
  const search = useSearch()
  if (!network) return <Redirect to={`/ledger/${own}${search && `?${search}`}`} replace />
  return <OfNetwork key={network} network={network} />
}

function OfNetwork({ network }: { network: string }) {
  const { t } = useReader()
  const { hospital } = useParams<{ hospital?: string }>()
  const names = useNetwork(network)
  const part = usePart(network)
  const search = useSearch()
  if (names.problem)
    return (
      <Container size="sm" py="md">
        <ProblemNotice problem={names.problem} title={t('shell.notRead')} />
      </Container>
    )
  if (!names.ready)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  // Without a hospital in the address, the first one with an agreed procedure is the most interesting one.
  const seen = names.hospitals.filter(({ id }) => !part.hospitals || part.hospitals.includes(id))
  const usual = seen.find((h) => (h.procedures ?? []).length > 0) ?? seen[0]
  if (!hospital && usual) return <Redirect to={`/ledger/${network}/${usual.id}${search && `?${search}`}`} replace />
  return <Page network={network} hospital={hospital} names={names} hospitals={seen.map(({ id }) => id)} />
}

interface Props {
  readonly network: string
  readonly hospital: string | undefined
  readonly names: NetworkNames
  /** The hospitals that the viewer may see. */
  readonly hospitals: readonly string[]
}

function Page({ network, hospital, names, hospitals }: Props) {
  const { t } = useReader()
  const [, go] = useLocation()
  const search = new URLSearchParams(useSearch())
  const asked = askedOf(search, useToday(names.zone))
  const rows = countedOf(useOpened('rows'))
  const cases = useOpened('cases')
  const { data, error } = useResource<LedgerAnswer>(hospital ? ledgerUrl(hospital, asked) : null)
  const show = (change: Readonly<Record<string, string | null>>, at = hospital) => {
    const next = new URLSearchParams(location.search)
    for (const [name, value] of Object.entries(change))
      if (value) next.set(name, value)
      else next.delete(name)
    const text = next.toString()
    go(`/ledger/${network}/${at}${text && `?${text}`}`, { replace: true })
  }
  const shown = data?.specialties.filter(({ specialty }) => !asked.specialty || specialty === asked.specialty)
  return (
    <Container size="xl" py="md">
      <Title order={1} size="h2">
        {t('ledger.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('ledger.hint')}
      </Text>
      {!hospital && <Text role="status">{t('ledger.noHospital')}</Text>}
      {hospital && <Choices asked={asked} hospital={hospital} hospitals={hospitals} names={names} show={show} />}
      {data && data.partners.length > 0 && (
        <Text size="sm" mb="xs" role="note">
          {t('ledger.limited', { partners: data.partners.map(names.partnerName).join(', ') })}
        </Text>
      )}
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      {hospital && !data && !error && (
        <Center h={160}>
          <Loader aria-label={t('shell.loading')} />
        </Center>
      )}
      {data && shown && (
        <Stack gap="xl">
          {shown.length === 0 && <Text role="status">{t('ledger.empty')}</Text>}
          {shown.map((of) => (
            <OfSpecialty key={of.specialty} of={of} today={data.today} names={names} />
          ))}
          {shown.some(({ procedures }) => procedures.length > 0) && (
            <Text size="sm" c="dimmed">
              {t('ledger.rule')}
            </Text>
          )}
        </Stack>
      )}
      {hospital && rows && (
        <RowsDrawer network={network} question={{ ...asked, hospital, partner: null, report: null }} counted={rows} names={names} />
      )}
      {hospital && cases && <CasesDrawer network={network} hospital={hospital} procedure={cases} names={names} />}
    </Container>
  )
}

interface ChoicesProps {
  readonly asked: Asked
  readonly hospital: string
  readonly hospitals: readonly string[]
  readonly names: NetworkNames
  readonly show: (change: Readonly<Record<string, string | null>>, hospital?: string) => void
}

/** The hospital, the specialty and the period. They are in the address, so that Back and links work. */
function Choices({ asked, hospital, hospitals, names, show }: ChoicesProps) {
  const { t, word } = useReader()
  const today = useToday(names.zone)
  const field = { flex: '1 1 9.5rem', maw: { base: '100%', xs: 280 } }
  return (
    <Group align="end" mb="md" role="search" aria-label={t('ledger.filters')}>
      <Select
        {...field}
        label={t('ledger.hospital')}
        searchable
        allowDeselect={false}
        data={hospitals.map((id) => ({ value: id, label: names.hospitalName(id) }))}
        value={hospital}
        onChange={(value) => value && show({ rows: null, cases: null }, value)}
      />
      <Select
        {...field}
        label={t('ledger.specialty')}
        placeholder={t('ledger.all')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('ledger.all') }}
        data={names.specialties.map(({ code }) => ({ value: code, label: names.specialtyName(code) }))}
        value={asked.specialty}
        onChange={(specialty) => show({ specialty })}
      />
      <Select
        {...field}
        label={t('ledger.period')}
        placeholder={t('ledger.ownDays')}
        data={presets.map((preset) => ({ value: preset, label: word('periods', preset) }))}
        value={presetOf(asked, today)}
        onChange={(preset) => preset && show(daysOf(preset as Preset, today))}
      />
      {(['from', 'to'] as const).map((name) => (
        <TextInput
          key={name}
          {...field}
          type="date"
          name={name}
          label={t(`ledger.${name}`)}
          value={asked[name]}
          onChange={(e) => e.currentTarget.value && show({ [name]: e.currentTarget.value })}
        />
      ))}
    </Group>
  )
}

interface OfSpecialtyProps {
  readonly of: SpecialtyLedger
  readonly today: string
  readonly names: NetworkNames
}

function OfSpecialty({ of, today, names }: OfSpecialtyProps) {
  const { t, word } = useReader()
  const specialty = of.specialty ? names.specialtyName(of.specialty) : t('ledger.noSpecialty')
  return (
    <section data-specialty={of.specialty}>
      <Title order={2} size="h4" mb="xs">
        <bdi>{specialty}</bdi>
      </Title>
      {of.procedures.length > 0 ? (
        <Procedures caption={t('ledger.procedures', { specialty })} today={today} standings={of.procedures} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('ledger.noProcedures')}
        </Text>
      )}
      {of.figures.length > 0 && (
        <Numbers
          caption={t('ledger.figures', { specialty })}
          first={t('ledger.figure')}
          lines={of.figures.map(({ figure, score }) => ({
            key: figure,
            name: word('figures', figure),
            label: `${word('figures', figure)}, ${specialty}`,
            score,
            // Rows without a specialty have no list of their own.
            counted: of.specialty ? { figure, by: 'specialties', id: of.specialty } : undefined,
          }))}
        />
      )}
    </section>
  )
}
