import { Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { CopyField } from '../commands/CopyField'
import { useReader } from '../i18n'
import { SecretText } from './SecretText'
import type { MadeToken } from './wire'

/** A new token. The hub shows it only once, so the person must store it before they go on. */
export function TokenPanel({ made, done }: { made: MadeToken; done: () => void }) {
  const { t } = useReader()
  const heading = useRef<HTMLParagraphElement>(null)
  // The form that was here before is gone, so the focus moves to what has taken its place.
  useEffect(() => heading.current?.focus(), [])
  return (
    <Stack gap="sm" data-made-token>
      <Text fw={600} ref={heading} tabIndex={-1} role="status">
        {t('tokens.made', { name: made.view.name })}
      </Text>
      <SecretText label={t('tokens.token')} description={t('tokens.once')} value={made.token} />
      <CopyField label={t('tokens.header')} description={t('tokens.use')} value={`Authorization: Bearer ${made.token}`} />
      <Group>
        <Button onClick={done}>{t('tokens.kept')}</Button>
      </Group>
    </Stack>
  )
}
