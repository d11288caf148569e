import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconCertificate } from '@tabler/icons-react'
import { useState } from 'react'
import { http } from '../api/http'
import type { IssuedCompletion } from '../api/schema'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import { datedDay } from '../time/format'
import { CertificateFiles } from './CertificateFiles'
import { RevokeDialog } from './IssuedList'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

interface Props {
  readonly programme: string
  readonly cohort: { readonly id: string; readonly to: string }
  readonly person: string
  /** Today in the network's zone. */
  readonly today: string
}

/** The certificate of somebody who had a place in a cohort. Those who decide about the programme issue and revoke it. */
export function Completion({ programme, cohort, person, today }: Props) {
  const { t, locale } = useReader()
  const [asked, setAsked] = useState(false)
  const address = `/api/programmes/${encodeURIComponent(programme)}`
  const { data, error, mutate } = useResource<IssuedCompletion[]>(`${address}/certificates?person=${encodeURIComponent(person)}`)
  const command = useCommand(
    () => http.post(`${address}/cohorts/${encodeURIComponent(cohort.id)}/certificates`, { person }),
    () => mutate(),
  )
  const valid = data?.find(
    ({ certificate, revoked }) => !revoked && certificate.cohort === cohort.id && certificate.person === person,
  )?.certificate
  const day = (date: string) => datedDay(`${date}T12:00:00Z`, 'UTC', locale)
  return (
    <section aria-label={t('certificates.completion')} data-completion={person}>
      <Title order={3} size="h5" mb={4}>
        {t('certificates.completion')}
      </Title>
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      {today <= cohort.to && <Text size="sm">{t('certificates.later', { date: day(cohort.to) })}</Text>}
      {data && !valid && today > cohort.to && (
        <Stack gap={4} align="flex-start">
          <Button
            data-do="issue"
            leftSection={<IconCertificate size={18} aria-hidden />}
            loading={command.busy}
            onClick={() => void command.run()}
          >
            {t('certificates.issue')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('certificates.issueHint')}
          </Text>
        </Stack>
      )}
      {valid && (
        <Group gap="xs">
          <CertificateFiles number={valid.number} />
          <Button size="xs" variant="default" data-do="revoke" onClick={() => setAsked(true)}>
            {t('attendance.revoke')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('attendance.issued', { date: datedDay(valid.issuedAt, zone, locale) })}
          </Text>
        </Group>
      )}
      <ProblemNotice problem={command.problem} waiting={command.waiting} />
      {asked && valid && <RevokeDialog {...valid} close={() => setAsked(false)} done={() => (setAsked(false), void mutate())} />}
    </section>
  )
}

/** The reader's own certificates of completion. */
export function OwnCompletions() {
  const { t, nameOf, locale } = useReader()
  const { data, error } = useResource<IssuedCompletion[]>('/api/certificates/completions')
  return (
    <section aria-labelledby="completions">
      <Title order={2} size="h4" mt="xl" mb="xs" id="completions">
        {t('certificates.mine')}
      </Title>
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      {data?.length === 0 && <Text>{t('certificates.none')}</Text>}
      <Stack gap="sm">
        {data?.map(({ certificate, revoked }) => (
          <div key={certificate.number} data-certificate={certificate.number}>
            <Text fw={600}>
              <bdi>{nameOf(certificate.title)}</bdi>
              {' · '}
              <bdi>{nameOf(certificate.cohortName)}</bdi>
            </Text>
            <Text size="xs" c="dimmed">
              {revoked
                ? t(revoked.replaced ? 'attendance.replaced' : 'attendance.revoked', { date: datedDay(revoked.at, zone, locale) })
                : t('attendance.issued', { date: datedDay(certificate.issuedAt, zone, locale) })}
              {' · '}
              {t('attendance.number', { number: certificate.number })}
            </Text>
            {!revoked && <CertificateFiles number={certificate.number} />}
          </div>
        ))}
      </Stack>
      {data?.some(({ revoked }) => !revoked) && (
        <Text size="xs" c="dimmed" mt="xs" maw="46rem">
          {t('certificates.badgeHint')}
        </Text>
      )}
    </section>
  )
}
