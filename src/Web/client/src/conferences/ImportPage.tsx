import {
  Accordion,
  Anchor,
  Button,
  Container,
  FileInput,
  Group,
  Paper,
  Progress,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { IconCircleCheck, IconFileUpload } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { Link } from 'wouter'
import { Problem } from '../api/http'
import type { ConferenceSummary, ImportReport, ImportWarning } from '../api/schema'
import { useResource } from '../api/useResource'
import { Notice } from '../commands/Notice'
import { useReader } from '../i18n'
import { zoneCity } from '../time/format'
import { Parts } from './Parts'
import { grouped, typeOf, upload } from './upload'
import { howMany, placed, refused, said } from './warnings'

type Step =
  { at: 'choose' } | { at: 'sending'; sent: number } | { at: 'preview'; report: ImportReport } | { at: 'done'; report: ImportReport }

/**
 * A person chooses a file, sees what the file would change, and confirms. Nothing is stored before the person confirms. Then the whole file
 * is stored, or nothing of it.
 */
export default function ImportPage() {
  const reader = useReader()
  const { t } = reader
  const conferences = useResource<ConferenceSummary[]>('/api/conferences')
  const [file, setFile] = useState<File | null>(null)
  const [update, setUpdate] = useState<string | null>(null)
  const [zone, setZone] = useState('')
  const [step, setStep] = useState<Step>({ at: 'choose' })
  const [problem, setProblem] = useState<Problem>()

  const choose = (next: File | null) => (setFile(next), setStep({ at: 'choose' }), setProblem(undefined))
  const send = async (preview: boolean) => {
    if (!file) return
    setProblem(undefined)
    const type = await typeOf(file)
    if (!type) return setProblem(new Problem(415, 'import.unknown-type', '', [], undefined, undefined, 'import.unknown-type'))
    const query = new URLSearchParams({
      ...(preview ? { preview: 'true' } : {}),
      ...(update ? { conferenceId: update } : {}),
      ...(zone.trim() ? { timeZone: zone.trim() } : {}),
    })
    setStep({ at: 'sending', sent: 0 })
    try {
      const report = await upload(`/api/conferences/import?${query}`, file, type, (sent) => setStep({ at: 'sending', sent }))
      setStep({ at: preview ? 'preview' : 'done', report })
      if (!preview) void conferences.mutate()
    } catch (error) {
      setProblem(error as Problem)
      setStep({ at: 'choose' })
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    choose(event.dataTransfer.files[0] ?? null)
  }
  return (
    <Container size="sm" py="md" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <Title order={1} size="h2">
        {t('shell.import')}
      </Title>
      <Text c="dimmed" mb="md">
        {t('importing.what')}
      </Text>
      <Stack gap="sm">
        <FileInput
          label={t('importing.file')}
          description={t('importing.drop')}
          placeholder={t('importing.choose')}
          leftSection={<IconFileUpload size={18} aria-hidden />}
          accept=".xml,.json,.ics,application/xml,application/json,text/calendar"
          clearable
          value={file}
          onChange={choose}
          clearButtonProps={{ 'aria-label': t('importing.another') }}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <Select
            label={t('importing.update')}
            description={t('importing.updateHint')}
            placeholder={t('importing.asNew')}
            data={(conferences.data ?? []).map((c) => ({ value: c.id, label: c.title }))}
            value={update}
            onChange={(v) => (setUpdate(v), setStep({ at: 'choose' }))}
            clearable
            searchable
            clearButtonProps={{ 'aria-label': t('importing.asNew') }}
          />
          <TextInput
            label={t('importing.zone')}
            description={t('importing.zoneHint')}
            placeholder="Asia/Dubai"
            value={zone}
            onChange={(e) => (setZone(e.currentTarget.value), setStep({ at: 'choose' }))}
          />
        </SimpleGrid>
        {step.at === 'choose' && (
          <Group>
            <Button disabled={!file} onClick={() => void send(true)}>
              {t('importing.preview')}
            </Button>
          </Group>
        )}
        {step.at === 'sending' && (
          <div role="status">
            <Text size="sm">{step.sent < 1 ? t('importing.sending') : t('importing.reading')}</Text>
            <Progress value={step.sent * 100} animated={step.sent >= 1} aria-label={t('importing.sending')} />
          </div>
        )}
        {problem && (
          <Notice kind="refusal" role="alert" title={t('importing.refused')}>
            <Refusal problem={problem} />
          </Notice>
        )}
        {step.at === 'preview' && (
          <Group>
            <Button data-do="confirm" onClick={() => void send(false)}>
              {t('importing.confirm')}
            </Button>
            <Button variant="default" onClick={() => choose(null)}>
              {t('importing.another')}
            </Button>
          </Group>
        )}
        {(step.at === 'preview' || step.at === 'done') && <Report report={step.report} done={step.at === 'done'} />}
      </Stack>
    </Container>
  )
}

function Report({ report, done }: { report: ImportReport; done: boolean }) {
  const reader = useReader()
  const { t, word, locale } = reader
  const zone = zoneCity(report.timeZone, locale)
  const to = `/conferences/${report.conferenceId}${report.draft ? '/draft' : ''}`
  return (
    <Paper withBorder p="md" radius="md" data-report={done ? 'done' : 'preview'}>
      <Stack gap="xs">
        {done && (
          <Group gap="xs" role="status">
            <IconCircleCheck size={20} aria-hidden />
            <Text fw={600}>{t('importing.done')}</Text>
            <Button ms="auto" component={Link} href={to}>
              {t(report.draft ? 'importing.openDraft' : 'importing.open')}
            </Button>
          </Group>
        )}
        <Title order={2} size="h4">
          <bdi>{report.title}</bdi>
        </Title>
        {report.draft && (
          <Text size="sm" data-into="draft">
            {t(done ? 'importing.wentIntoDraft' : 'importing.intoDraft')}
            {!done && (
              <>
                {' '}
                <Anchor component={Link} href={to} underline="always">
                  {t('importing.openDraft')}
                </Anchor>
              </>
            )}
          </Text>
        )}
        <Text size="sm">
          <Parts
            of={[
              zone,
              t('conference.count', { count: report.sessions }),
              t('importing.rooms', { count: report.rooms }),
              t('importing.speakers', { count: report.speakers }),
            ]}
          />
        </Text>
        {report.added != null && (
          <Text size="sm">
            {t('importing.changes', { added: report.added, updated: report.updated ?? 0, removed: report.removed ?? 0 })}
          </Text>
        )}
        {report.timeZoneBefore && (
          <Text size="sm" data-zone>
            {t(report.corrected > 0 ? 'importing.zoneChanges' : 'importing.zoneChange', {
              from: zoneCity(report.timeZoneBefore, locale),
              to: zone,
              count: report.corrected,
            })}
          </Text>
        )}
        {report.added != null && !report.draft && (
          <Text size="sm" data-told>
            {t('importing.told', { moved: report.moved, cancelled: report.cancelled, removed: report.removed ?? 0 })}
          </Text>
        )}
        {report.warnings.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('importing.noWarnings')}
          </Text>
        ) : (
          <>
            <Text size="sm" fw={600}>
              {t('importing.warnings', { count: howMany(report.warnings) })}
            </Text>
            <Accordion variant="contained" order={3}>
              {grouped(report.warnings).map(({ code, warnings }) => (
                <Accordion.Item key={code} value={code}>
                  <Accordion.Control>
                    <Text size="sm">
                      <Parts of={[word('importing', code), new Intl.NumberFormat(locale).format(howMany(warnings))]} />
                    </Text>
                  </Accordion.Control>
                  <Accordion.Panel>
                    <ul style={{ margin: 0, paddingInlineStart: '1rem', maxHeight: '16rem', overflow: 'auto' }} tabIndex={0}>
                      {warnings.slice(0, 200).map((w, i) => (
                        <li key={i}>
                          <Sentence warning={w} />
                          {w.place && (
                            <Text size="xs" c="dimmed">
                              <bdi>{placed(w.place, reader)}</bdi>
                            </Text>
                          )}
                        </li>
                      ))}
                    </ul>
                    {warnings.length > 200 && (
                      <Text size="sm" c="dimmed">
                        {t('importing.more', { count: howMany(warnings.slice(200)) })}
                      </Text>
                    )}
                  </Accordion.Panel>
                </Accordion.Item>
              ))}
            </Accordion>
          </>
        )}
      </Stack>
    </Paper>
  )
}

/**
 * Says why the file is refused, and where in the file the fault is. If the client has no sentence for the reason, the server's sentence
 * appears.
 */
function Refusal({ problem }: { problem: Problem }) {
  const reader = useReader()
  const { t, word } = reader
  if (problem.status === 0) return <Text size="sm">{t('shell.unreachable')}</Text>
  const known = word('findings', problem.code)
  const why = refused(problem, reader) ?? (known === problem.code ? null : known)
  // The parser's own words are in English only.
  const english = refused(problem, reader) === null ? problem.message : problem.values.parser
  return (
    <>
      {why && <Text size="sm">{why}</Text>}
      {problem.place && problem.place !== 'Content-Type' && (
        <Text size="sm">
          {t('importing.place', { place: problem.place === 'timeZone' ? t('importing.zone') : placed(problem.place, reader) })}
        </Text>
      )}
      <Text size="xs" c="var(--hub-dimmed)" lang="en" dir="ltr" ta="start">
        {english ? `${english} (${problem.code})` : problem.code}
      </Text>
    </>
  )
}

function Sentence({ warning }: { warning: ImportWarning }) {
  const sentence = said(warning, useReader())
  return sentence !== null ? (
    <Text size="sm" span>
      {sentence}
    </Text>
  ) : (
    <Text size="sm" span lang="en" dir="ltr">
      {warning.message}
    </Text>
  )
}
