import { Badge, Button, Group, Loader, Modal, Stack, Table, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { http } from '../api/http'
import type { Certificate, IssuedCertificate, LocalName } from '../api/schema'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import { shortDate } from '../time/format'
import { number, useUnit } from './credit'
import classes from './Table.module.css'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** A conference's certificates, newest first. A coordinator can revoke a certificate and has to give a reason. */
export function IssuedList({ conference }: { conference: string }) {
  const { t, nameOf, language, locale } = useReader()
  const unit = useUnit()
  const { data, error, mutate } = useResource<IssuedCertificate[]>(`/api/conferences/${conference}/certificates`)
  const [asked, setAsked] = useState<Certificate | null>(null)
  if (!data) return error ? <ProblemNotice problem={error} /> : <Loader aria-label={t('shell.loading')} />
  if (data.length === 0) return <Text role="status">{t('attendance.noCertificates')}</Text>
  return (
    <>
      <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('attendance.certificates')}>
        <Table className={`${classes.table} ${classes.cards}`}>
          <Table.Tbody>
            {data.map(({ certificate, revoked }) => (
              <Table.Tr key={certificate.number} data-certificate={certificate.number}>
                <Table.Th scope="row">
                  <bdi>{nameOf(certificate.holder)}</bdi>
                  <Text size="xs" c="dimmed">
                    <bdi>{certificate.number}</bdi>
                  </Text>
                </Table.Th>
                <Table.Td>
                  {number(certificate.credits, locale)} <bdi>{unit(certificate.policy.unit, certificate.credits)}</bdi>
                  <Text size="xs" c="dimmed">
                    <bdi>{nameOf(certificate.policy.name)}</bdi>
                  </Text>
                </Table.Td>
                <Table.Td>{t('attendance.issued', { date: shortDate(certificate.issuedAt, zone, locale) })}</Table.Td>
                <Table.Td>
                  <Badge
                    variant="outline"
                    color="gray"
                    tt="none"
                    styles={{ root: { color: revoked ? 'var(--hub-warning)' : 'var(--hub-text)' } }}
                  >
                    {!revoked
                      ? t('attendance.valid')
                      : t(revoked.replaced ? 'attendance.replaced' : 'attendance.revoked', { date: shortDate(revoked.at, zone, locale) })}
                  </Badge>
                </Table.Td>
                <Table.Td>
                  <Group gap="xs" wrap="nowrap" justify="flex-end">
                    <Button
                      component="a"
                      size="xs"
                      variant="default"
                      target="_blank"
                      href={`/api/certificates/${certificate.number}/pdf?language=${language}`}
                    >
                      PDF
                    </Button>
                    {!revoked && (
                      <Button size="xs" variant="default" data-do="revoke" onClick={() => setAsked(certificate)}>
                        {t('attendance.revoke')}
                      </Button>
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {asked && <RevokeDialog {...asked} close={() => setAsked(null)} done={() => (setAsked(null), void mutate())} />}
    </>
  )
}

interface RevokeProps {
  /** The number of the certificate. */
  readonly number: string
  readonly holder: LocalName
  readonly close: () => void
  readonly done: () => void
}

/** Asks for the reason and revokes a certificate. */
export function RevokeDialog({ number, holder, close, done }: RevokeProps) {
  const { t, nameOf } = useReader()
  const [reason, setReason] = useState('')
  const command = useCommand((text: string) => http.post(`/api/certificates/${number}/revocation`, { reason: text }), done)
  return (
    <Modal
      opened
      onClose={close}
      title={t('attendance.revokeTitle', { who: nameOf(holder) })}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={(event) => (event.preventDefault(), void command.run(reason.trim()))}>
        <Stack gap="sm">
          <Text size="sm">{t('attendance.revokeText')}</Text>
          <Textarea
            data-autofocus
            required
            minLength={3}
            maxLength={500}
            autosize
            minRows={2}
            label={t('attendance.reason')}
            description={t('attendance.reasonHint')}
            value={reason}
            onChange={(e) => setReason(e.currentTarget.value)}
          />
          <ProblemNotice problem={command.problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={command.busy} disabled={reason.trim().length < 3}>
              {t('attendance.revoke')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
