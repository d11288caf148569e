import { Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { Notice } from '../commands/Notice'
import { useReader } from '../i18n'
import classes from './RecoveryCodes.module.css'

interface Props {
  readonly codes: readonly string[]
  readonly userName: string
  readonly done: () => void
}

/** New recovery codes. The hub tells them once, so the person keeps them before they go on. */
export function RecoveryCodes({ codes, userName, done }: Props) {
  const { t } = useReader()
  const heading = useRef<HTMLParagraphElement>(null)
  // The form that was here before is gone, so the focus moves to what has taken its place.
  useEffect(() => heading.current?.focus(), [])
  const text = [t('accounts.codesOf', { userName }), ...codes].join('\n')
  return (
    <Stack gap="sm" className={classes.printed} data-printed data-codes>
      <Text fw={600} ref={heading} tabIndex={-1} role="status">
        {t('accounts.codesOf', { userName })}
      </Text>
      <Notice kind="warning">{t('accounts.codesOnce')}</Notice>
      <ul className={classes.codes} dir="ltr">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group className={classes.actions} gap="xs">
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
            >
              {t(copied ? 'feed.copied' : 'feed.copy')}
            </Button>
          )}
        </CopyButton>
        <Button
          component="a"
          variant="default"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
          download="consult-hub-recovery-codes.txt"
          leftSection={<IconDownload size={18} aria-hidden />}
        >
          {t('accounts.download')}
        </Button>
        <Button variant="default" onClick={() => window.print()} leftSection={<IconPrinter size={18} aria-hidden />}>
          {t('accounts.print')}
        </Button>
        <Button onClick={done} data-do="codes-kept">
          {t('accounts.codesKept')}
        </Button>
      </Group>
    </Stack>
  )
}
