import { Button, Group } from '@mantine/core'
import { IconFileTypePdf, IconRosetteDiscountCheck } from '@tabler/icons-react'
import { useReader } from '../i18n'

/** A certificate as a badge: a credential of Open Badges 3.0 that its holder keeps. */
export function BadgeLink({ number, size }: { number: string; size?: 'xs' }) {
  const { t } = useReader()
  return (
    <Button
      component="a"
      href={`/api/certificates/${number}/badge`}
      download
      variant="default"
      size={size}
      data-do="badge"
      leftSection={<IconRosetteDiscountCheck size={18} aria-hidden />}
    >
      {t('certificates.badge')}
    </Button>
  )
}

/** A certificate as PDF in the reader's language, and as a badge. */
export function CertificateFiles({ number }: { number: string }) {
  const { t, language } = useReader()
  return (
    <Group gap="xs">
      <Button
        component="a"
        size="xs"
        variant="default"
        target="_blank"
        href={`/api/certificates/${number}/pdf?language=${language}`}
        leftSection={<IconFileTypePdf size={18} aria-hidden />}
      >
        {t('attendance.open')}
      </Button>
      <BadgeLink number={number} size="xs" />
    </Group>
  )
}
