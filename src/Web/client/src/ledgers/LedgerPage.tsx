import { Center, Container, Group, Loader, Select, Stack, Text, Title } from '@mantine/core'
import { Redirect, useParams, useSearch } from 'wouter'
import type { LedgerAnswer, SpecialtyLedger } from '../api/schema'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { NetworkPage, useShow } from '../scorecards/NetworkPage'
import { Numbers } from '../scorecards/Numbers'
import { field, Period } from '../scorecards/Period'
import { countedOf, type Question, questionOf } from '../scorecards/question'
import { RowsDrawer } from '../scorecards/RowsDrawer'
import { useNaming } from '../scorecards/useNaming'
import { useOpened } from '../shell/opened'
import { useToday } from '../time/useNow'
import { usePart } from '../rostering/part'
import { ledgerUrl } from './address'
import { CasesDrawer } from './CasesDrawer'
import { Procedures } from './Procedures'

/** What was done at a hospital, and what its team has learned. */
export default function LedgerPage() {
  return <NetworkPage path="/ledger">{(network, names) => <OfNetwork network={network} names={names} />}</NetworkPage>
}

function OfNetwork({ network, names }: { network: string; names: NetworkNames }) {
  const { hospital } = useParams<{ hospital?: string }>()
  const part = usePart(network)
  const search = useSearch()
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
  const search = new URLSearchParams(useSearch())
  const asked = questionOf(search, useToday(names.zone))
  const rows = countedOf(useOpened('rows'))
  const cases = useOpened('cases')
  const { data, error } = useResource<LedgerAnswer>(hospital ? ledgerUrl(hospital, asked) : null)
  const show = useShow(`/ledger/${network}/${hospital}`)
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
      {hospital && <Choices network={network} asked={asked} hospital={hospital} hospitals={hospitals} names={names} show={show} />}
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
  readonly network: string
  readonly asked: Question
  readonly hospital: string
  readonly hospitals: readonly string[]
  readonly names: NetworkNames
  readonly show: ReturnType<typeof useShow>
}

/** The hospital, the specialty and the period. They are in the address, so that Back and links work. */
function Choices({ network, asked, hospital, hospitals, names, show }: ChoicesProps) {
  const { t } = useReader()
  const today = useToday(names.zone)
  return (
    <Group align="end" mb="md" role="search" aria-label={t('ledger.filters')}>
      <Select
        {...field}
        label={t('ledger.hospital')}
        searchable
        allowDeselect={false}
        data={hospitals.map((id) => ({ value: id, label: names.hospitalName(id) }))}
        value={hospital}
        onChange={(value) => value && show({ rows: null, cases: null }, `/ledger/${network}/${value}`)}
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
      <Period label={t('ledger.period')} days={asked} today={today} show={show} />
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
  const specialty = useNaming(names)('specialties', of.specialty)
  return (
    <section data-specialty={of.specialty}>
      <Title order={2} size="h4" mb="xs">
        <bdi>{specialty}</bdi>
      </Title>
      {of.procedures.length > 0 ? (
        <Procedures caption={t('ledger.procedures', { specialty })} today={today} standings={of.procedures} />
      ) : (
        // Procedures belong to a specialty. Figures without one can have none.
        of.specialty && (
          <Text size="sm" c="dimmed">
            {t('ledger.noProcedures')}
          </Text>
        )
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
            counted: { figure, by: 'specialties', id: of.specialty },
          }))}
        />
      )}
    </section>
  )
}
