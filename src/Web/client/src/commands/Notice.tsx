import { Alert } from '@mantine/core'
import { IconAlertTriangle, IconCircleX, IconHourglass } from '@tabler/icons-react'
import type { ReactNode } from 'react'

const looks = {
  warning: { color: 'orange', Icon: IconAlertTriangle },
  refusal: { color: 'red', Icon: IconCircleX },
  waiting: { color: 'orange', Icon: IconHourglass },
}

interface Props {
  readonly kind: keyof typeof looks
  readonly role?: 'alert' | 'status'
  readonly title?: string
  readonly children: ReactNode
}

/** A warning, a refusal or a wait, shown beside the thing that it is about. The icon has the same meaning as the colour. */
export function Notice({ kind, children, ...rest }: Props) {
  const { color, Icon } = looks[kind]
  return (
    <Alert color={color} variant="light" icon={<Icon aria-hidden />} styles={{ title: { color: 'var(--hub-warning)' } }} {...rest}>
      {children}
    </Alert>
  )
}
