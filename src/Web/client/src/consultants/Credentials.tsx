import { List, Text, Title } from '@mantine/core'
import type { Consultant } from '../api/schema'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { datedDay } from '../time/format'

interface Props {
  readonly consultant: Pick<Consultant, 'credentials'>
  readonly names: NetworkNames
}

/** Where a consultant may work and for how long, and what proves it. The hub sends credentials only to those who may read them. */
export function Credentials({ consultant, names }: Props) {
  const { t, locale } = useReader()
  return (
    <>
      <Title order={2} size="h5" mt="md">
        {t('consultant.credentials')}
      </Title>
      <List listStyleType="none" data-credentials>
        {consultant.credentials.map((credential) => {
          const zone = names.hospital(credential.hospital)?.timeZone ?? names.zone
          return (
            <List.Item key={credential.id ?? `${credential.hospital} ${credential.specialty} ${credential.from}`}>
              <Text size="sm">
                <bdi>{names.specialtyName(credential.specialty)}</bdi> · <bdi>{names.hospitalName(credential.hospital)}</bdi> ·{' '}
                {t('consultant.valid', {
                  from: datedDay(credential.from, zone, locale),
                  to: datedDay(credential.to, zone, locale),
                })}
              </Text>
              {credential.licence && (
                <Text size="sm" c="dimmed">
                  {t('consultant.licence')}: <bdi>{credential.licence}</bdi>
                </Text>
              )}
              {credential.evidence && (
                <Text size="sm" c="dimmed">
                  {t('consultant.evidence')}: <bdi>{credential.evidence}</bdi>
                </Text>
              )}
            </List.Item>
          )
        })}
      </List>
    </>
  )
}
