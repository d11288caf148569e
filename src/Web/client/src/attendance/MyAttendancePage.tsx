import { Anchor, Button, Center, Container, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { IconCertificate, IconFileTypePdf } from '@tabler/icons-react'
import { Link, useParams } from 'wouter'
import { http } from '../api/http'
import type { BodyCredit, Certificate, IssuedCertificate, PersonCredits } from '../api/schema'
import { useResource } from '../api/useResource'
import { BadgeLink } from '../certificates/CertificateFiles'
import { number, useUnit } from '../certificates/credit'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import { longDate } from '../time/format'
import { useViewer } from '../viewer/useViewer'
import { CountedElsewhere } from './CountedElsewhere'
import { CreditYears } from './CreditYears'
import { SessionList } from './SessionList'

/**
 * Shows the sessions of a conference that the reader attended, how much credit each body counts and why it counts no more, and the reader's
 * certificates.
 */
export default function MyAttendancePage() {
  const { t } = useReader()
  const viewer = useViewer()
  const { id } = useParams<{ id: string }>()
  const { data, error } = useResource<PersonCredits>(`/api/conferences/${id}/attendance/mine`)
  const issued = useResource<IssuedCertificate[]>(`/api/conferences/${id}/certificates/mine`)
  if (error?.status === 404)
    return (
      <Center h="60%" role="alert">
        {t('conference.unknown')}
      </Center>
    )
  if (!data && !error)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  return (
    <Container size="sm" py="md">
      <Anchor component={Link} href={`/conferences/${id}`} size="sm" underline="always">
        {t('attendance.back')}
      </Anchor>
      <Title order={1} size="h2" mb="md">
        {t('attendance.mine')}
      </Title>
      <ProblemNotice problem={error} />
      {data?.sessions.length === 0 && <Text role="status">{t('attendance.nothing')}</Text>}
      {data && data.sessions.length > 0 && (
        <Stack gap="xl">
          {data.bodies.length === 0 && <Text>{t('attendance.noPolicies')}</Text>}
          {data.bodies.map((body) => (
            <Body
              key={body.policy.id}
              conference={id}
              body={body}
              valid={issued.data?.find((c) => !c.revoked && c.certificate.policy.id === body.policy.id)?.certificate}
              changed={() => void issued.mutate()}
            />
          ))}
          <section aria-label={t('attendance.sessions')}>
            <Title order={2} size="h5" mb="xs">
              {t('attendance.sessions')}
            </Title>
            <SessionList person={data} />
          </section>
        </Stack>
      )}
      <CreditYears network={viewer.network} />
    </Container>
  )
}

function Body({
  conference,
  body,
  valid,
  changed,
}: {
  conference: string
  body: BodyCredit
  valid: Certificate | undefined
  changed: () => void
}) {
  const { t, nameOf, language, locale } = useReader()
  const unit = useUnit()
  const command = useCommand(() => http.post(`/api/conferences/${conference}/certificates`, { body: body.policy.id }), changed)
  const isNew = body.credits > 0 && valid?.credits !== body.credits
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={nameOf(body.policy.name)} data-body={body.policy.id}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Title order={2} size="h5">
          <bdi>{nameOf(body.policy.name)}</bdi>
        </Title>
        <Text fw={700} size="xl" c="var(--hub-accent)" ta="end" style={{ whiteSpace: 'nowrap' }} data-credits>
          {number(body.credits, locale)}{' '}
          <Text span size="sm" c="var(--hub-text)">
            <bdi>{unit(body.policy.unit, body.credits)}</bdi>
          </Text>
        </Text>
      </Group>
      <Stack gap="xs" mt="sm">
        <CountedElsewhere body={body} />
        {body.credits === 0 && (
          <Text size="sm" c="dimmed">
            {t('attendance.nothingEarned')}
          </Text>
        )}
        {isNew && (
          <Button
            data-do="certificate"
            leftSection={<IconCertificate size={18} aria-hidden />}
            loading={command.busy}
            onClick={() => void command.run()}
          >
            {t('attendance.certificate')}
          </Button>
        )}
        {isNew && (
          <Text size="xs" c="dimmed">
            {t('attendance.certificateHint')}
          </Text>
        )}
        {valid && (
          <Group gap="sm">
            <Button
              component="a"
              href={`/api/certificates/${valid.number}/pdf?language=${language}`}
              target="_blank"
              variant={isNew ? 'default' : 'filled'}
              leftSection={<IconFileTypePdf size={18} aria-hidden />}
            >
              {t('attendance.open')}
            </Button>
            <BadgeLink number={valid.number} />
            <Text size="xs" c="dimmed">
              {t('attendance.issued', { date: longDate(valid.issuedAt, Intl.DateTimeFormat().resolvedOptions().timeZone, locale) })}
              <br />
              {t('attendance.number', { number: valid.number })}
            </Text>
          </Group>
        )}
        {valid && (
          <Text size="xs" c="dimmed">
            {t('certificates.badgeHint')}
          </Text>
        )}
        <ProblemNotice problem={command.problem} />
      </Stack>
    </Paper>
  )
}
