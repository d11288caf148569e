import { Anchor, Button, FileInput, Group, MultiSelect, Progress as Bar, Select, Stack, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconFileUpload } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import useSWR from 'swr'
import { Link } from 'wouter'
import { http, Problem } from '../api/http'
import { Notice } from '../commands/Notice'
import { ProblemNotice } from '../commands/ProblemNotice'
import { ReasonField } from '../commands/ReasonField'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import { useLeaveGuard } from '../shell/useLeaveGuard'
import { Affected } from './Affected'
import { ImportReport, ImportRows } from './ImportReport'
import classes from './Records.module.css'
import { inNetwork } from './tables'
import { offered, type Progress, sendTable, typeOf } from './upload'
import type { Names } from './useNames'
import type { ImportedRow, ImportState, RecordTable, TableReport } from './wire'

type Step =
  | { readonly at: 'choose' }
  | { readonly at: 'sending'; readonly now: Progress }
  | { readonly at: 'preview'; readonly report: TableReport }
  | { readonly at: 'writing'; readonly id: string }
  | { readonly at: 'done'; readonly report?: TableReport; readonly impossible: readonly ImportedRow[] }

interface Props {
  readonly network: string
  readonly table: RecordTable
  readonly names: Names
  readonly may: boolean
  readonly close: () => void
  /** Called when rows were stored. */
  readonly stored: () => void
}

const calendar = 'text/calendar'

/** How a CSV file is to be read. */
interface Chosen {
  readonly encoding?: string
  readonly separator?: string
}
/** Files other than CSV have no separator. */
const readAs = ({ encoding, separator }: TableReport): Chosen => (separator === '' ? {} : { encoding, separator })

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1256', 'windows-1252', 'euc-kr']
/** The lines with people whom the hub knows, such as `5:p-kim`, and the lines with people whom it does not know. */
const noAnswers: { readonly same: readonly string[]; readonly new: readonly string[] } = { same: [], new: [] }

const separators = [',', ';', '\t', '|']

/**
 * A person chooses a file, sees what each row would do, and confirms. Nothing is stored before that, and nothing is stored while the hub
 * refuses a row.
 */
export function ImportPanel({ network, table, names, may, close, stored }: Props) {
  const { t, word } = useReader()
  const [file, setFile] = useState<File | null>(null)
  const [answers, setAnswers] = useState(noAnswers)
  const [step, setStep] = useState<Step>({ at: 'choose' })
  const [problem, setProblem] = useState<Problem>()
  const [reason, setReason] = useState('')
  const [hospitals, setHospitals] = useState<readonly string[]>([])
  const type = (of: File) => typeOf(of, table.files)
  const entries = !!file && type(file).startsWith('application/fhir')
  const isCalendar = !!file && type(file) === calendar
  const ofPartners = table.name === 'partner-holidays'
  const { withFactor, factorDialog } = useFactorAgain()
  const leave = useLeaveGuard(step.at === 'preview' || step.at === 'sending', t('records.leaveImport'))

  const send = async (preview: boolean, chosen: Chosen, said = answers, of = file!, at = hospitals, why = reason.trim()) => {
    setProblem(undefined)
    setStep({ at: 'sending', now: { sent: 0 } })
    const query = new URLSearchParams({ ...inNetwork(network), ...(preview && { preview: 'true' }), ...chosen })
    for (const line of said.same) query.append('same', line)
    for (const line of said.new) query.append('new', line)
    if (type(of) === calendar) for (const place of at) query.append(ofPartners ? 'partner' : 'hospital', place)
    const progress = (now: Progress) => setStep({ at: 'sending', now })
    try {
      const answer = await withFactor(() => sendTable(`/api/tables/${table.name}?${query}`, of, type(of), why, progress))
      if (!('report' in answer)) setStep({ at: 'writing', id: answer.import })
      else if (preview) setStep({ at: 'preview', report: answer.report })
      else {
        setStep({ at: 'done', report: answer.report, impossible: answer.report.impossible ?? [] })
        stored()
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setProblem(error)
      const report = error.answer.report as TableReport | undefined
      setStep(report ? { at: 'preview', report } : { at: 'choose' })
    }
  }
  const choose = (next: File | null) => {
    setFile(next)
    setReason('')
    setAnswers(noAnswers)
    if (next) void send(true, {}, noAnswers, next, hospitals, '')
    else setStep({ at: 'choose' })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    if (event.dataTransfer.files[0]) choose(event.dataTransfer.files[0])
  }
  /** Says whether a row is somebody whom the hub knows. Then the hub checks the file again. */
  const answer = (report: TableReport, row: ImportedRow, isSame: boolean) => {
    const next = isSame
      ? { ...answers, same: [...answers.same, `${row.line}:${row.like!.id}`] }
      : { ...answers, new: [...answers.new, `${row.line}`] }
    setAnswers(next)
    void send(true, readAs(report), next)
  }
  const report = step.at === 'preview' ? step.report : undefined
  const refusals = report?.rows.filter(({ outcome }) => outcome === 'refused') ?? []
  /** Whether the hub stores the refused rows if it is told why. */
  const overridable = refusals.length > 0 && refusals.length === report?.refused && refusals.every((row) => row.overridable)
  const needsReason = (report?.affected ?? 0) > 0 || overridable
  const nothing = report && report.added + report.changed === 0
  return (
    <section
      className={classes.drop}
      aria-label={t('records.importTitle', { table: word('tables', table.name) })}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
      data-import
    >
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4">
          {t('records.importTitle', { table: word('tables', table.name) })}
        </Title>
        <Button variant="default" size="xs" onClick={() => (leave(), close())}>
          {t('records.backToList')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mb="sm" maw="46rem">
        {t('records.importText')} {table.files.includes(calendar) && t('records.alsoCalendar')}
        {table.files.includes('application/fhir+json') && t('records.alsoCodes')}
      </Text>
      {factorDialog}
      <Stack gap="sm">
        {!may && <Text role="note">{t('records.readOnly')}</Text>}
        {step.at !== 'done' && step.at !== 'writing' && (
          <FileInput
            label={t('records.file')}
            description={t('records.drop')}
            placeholder={t('importing.choose')}
            leftSection={<IconFileUpload size={18} aria-hidden />}
            accept={offered(table.files)}
            maw={480}
            clearable
            value={file}
            onChange={choose}
            clearButtonProps={{ 'aria-label': t('importing.another') }}
          />
        )}
        {step.at !== 'done' && step.at !== 'writing' && table.files.includes(calendar) && (
          <MultiSelect
            label={t(ofPartners ? 'records.forPartners' : 'records.forHospitals')}
            description={t(ofPartners ? 'records.forPartnersHelp' : 'records.forHospitalsHelp')}
            maw={480}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('records.clear') }}
            data={[...(ofPartners ? names.partners : names.hospitals)]}
            value={[...hospitals]}
            onChange={(next) => {
              setHospitals(next)
              if (isCalendar) void send(true, {}, answers, file!, next, '')
            }}
          />
        )}
        {step.at === 'sending' && <Sending now={step.now} />}
        <ProblemNotice problem={problem} title={t('records.notImported')} />
        {report && (
          <>
            {report.separator !== '' && (
              <Group align="end">
                <Select
                  label={t('records.encoding')}
                  data={[...new Set([report.encoding, ...encodings])]}
                  value={report.encoding}
                  allowDeselect={false}
                  onChange={(encoding) => encoding && void send(true, { encoding, separator: report.separator })}
                />
                <Select
                  label={t('records.separator')}
                  data={[...new Set([report.separator, ...separators])].map((value) => ({
                    value,
                    label: word('separators', nameOf(value)),
                  }))}
                  value={report.separator}
                  allowDeselect={false}
                  onChange={(separator) => separator && void send(true, { encoding: report.encoding, separator })}
                />
              </Group>
            )}
            <ImportReport
              table={table}
              names={names}
              report={report}
              entries={entries}
              answer={(row, isSame) => answer(report, row, isSame)}
            />
            {report.affected > 0 && (
              <Notice kind="warning" title={t('records.affectsTitle')}>
                <Affected engagements={report.affects} count={report.affected} names={names} />
                {!overridable && <ReasonField value={reason} onChange={setReason} />}
              </Notice>
            )}
            {overridable && (
              <Notice kind="warning" title={t('records.overridable', { count: report.refused })}>
                <ReasonField value={reason} onChange={setReason} />
              </Notice>
            )}
            {report.refused > 0 && !overridable && <Text size="sm">{t('records.mendFirst')}</Text>}
            {nothing && report.refused === 0 && <Text size="sm">{t('records.nothingNew')}</Text>}
            <Group>
              {overridable ? (
                // The hub checks the file again, so that the person sees what the refused rows would do.
                <Button data-do="override" disabled={!may || !reason.trim()} onClick={() => void send(true, readAs(report))}>
                  {t('records.checkAgain')}
                </Button>
              ) : (
                <Button
                  data-do="confirm"
                  disabled={!may || nothing || report.refused > 0 || (needsReason && !reason.trim())}
                  onClick={() => void send(false, readAs(report))}
                >
                  {t('records.importNow', { count: report.added + report.changed })}
                </Button>
              )}
              <Button variant="default" onClick={() => choose(null)}>
                {t('importing.another')}
              </Button>
            </Group>
          </>
        )}
        {step.at === 'writing' && <Writing id={step.id} done={(impossible) => (setStep({ at: 'done', impossible }), stored())} />}
        {step.at === 'done' && (
          <div data-imported>
            <Group gap="xs" role="status" mb="xs">
              <IconCircleCheck size={20} aria-hidden />
              <Text fw={600}>{t('records.imported')}</Text>
            </Group>
            {table.name === 'people' && (
              <Text size="sm" mb="xs">
                {t('records.peopleNext')}{' '}
                <Anchor component={Link} href="/accounts" underline="always" size="sm">
                  {t('records.invite')}
                </Anchor>
              </Text>
            )}
            {step.report && <ImportReport table={table} names={names} report={step.report} entries={entries} />}
            {step.impossible.length > 0 && (
              <Notice kind="refusal" title={t('records.impossible', { count: step.impossible.length })}>
                <ImportRows table={table} names={names} rows={step.impossible} />
              </Notice>
            )}
            <Anchor component="button" type="button" underline="always" mt="xs" onClick={close}>
              {t('records.backToList')}
            </Anchor>
          </div>
        )}
      </Stack>
    </section>
  )
}

const nameOf = (separator: string) =>
  (({ ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }) as Readonly<Record<string, string>>)[separator] ?? separator

function Sending({ now }: { now: Progress }) {
  const { t } = useReader()
  const checking = now.checked !== undefined && !!now.of
  const said = checking
    ? t('records.checking', { count: now.checked!, of: now.of! })
    : t(now.sent < 1 ? 'importing.sending' : 'importing.reading')
  return (
    <div role="status">
      <Text size="sm">{said}</Text>
      <Bar value={checking ? (now.checked! / now.of!) * 100 : now.sent * 100} animated={!checking && now.sent >= 1} aria-label={said} />
    </div>
  )
}

const again = 1_000

/** Asks how far an import is until it is done. */
function Writing({ id, done }: { id: string; done: (impossible: readonly ImportedRow[]) => void }) {
  const { t } = useReader()
  const { data, error } = useSWR<ImportState, Problem>(
    `/api/tables/imports/${encodeURIComponent(id)}`,
    (at: string) => http.get<ImportState>(at),
    {
      refreshInterval: (latest) => (latest?.finished ? 0 : again),
      revalidateOnFocus: false,
      onSuccess: (now) => now.finished && done(now.impossible),
    },
  )
  const said = t('records.writing', { count: data?.done ?? 0, of: data?.of ?? 0 })
  return (
    <div role="status" data-writing>
      <Text size="sm">{said}</Text>
      <Bar value={data?.of ? (data.done / data.of) * 100 : 0} aria-label={said} />
      <ProblemNotice problem={error} title={t('shell.notRead')} />
    </div>
  )
}
