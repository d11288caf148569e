import { ActionIcon, CopyButton, TextInput, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useReader } from '../i18n'

interface Props {
  readonly label: string
  readonly description?: string | undefined
  readonly value: string
}

/** A text that the person copies and cannot change, such as a link. Further attributes go to the field. */
export function CopyField({ label, description, value, ...rest }: Props) {
  const { t } = useReader()
  return (
    <TextInput
      label={label}
      description={description}
      readOnly
      dir="ltr"
      value={value}
      onFocus={(e) => e.currentTarget.select()}
      rightSection={
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Tooltip label={t(copied ? 'feed.copied' : 'feed.copy')}>
              <ActionIcon variant="subtle" color="gray" aria-label={t(copied ? 'feed.copied' : 'feed.copy')} onClick={copy}>
                {copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      }
      {...rest}
    />
  )
}
