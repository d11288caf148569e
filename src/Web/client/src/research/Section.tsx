import { ActionIcon, Button, Group, Paper, Text, Title } from '@mantine/core'
import { IconEdit, IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useReader } from '../i18n'
import classes from './Research.module.css'

/** Opens the form of a record of a table, or of a new one. */
export type Edit = (table: string, record?: string) => void

interface Props {
  readonly table: string
  /** Undefined if the viewer may change nothing here. */
  readonly edit: Edit | undefined
  readonly empty: boolean
  readonly children?: ReactNode
}

/** One part of an initiative: its records, and what leads to the first one. */
export function Section({ table, edit, empty, children }: Props) {
  const { t, word } = useReader()
  const title = word('tables', table)
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-labelledby={`part-${table}`} data-part={table}>
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Title order={2} size="h5" id={`part-${table}`}>
          {title}
        </Title>
        {edit && (
          <Button
            size="compact-sm"
            variant="default"
            data-add={table}
            leftSection={<IconPlus size={16} aria-hidden />}
            aria-label={t('research.addTo', { what: title })}
            onClick={() => edit(table)}
          >
            {t('research.add')}
          </Button>
        )}
      </Group>
      {empty && (
        <Text size="sm" c="dimmed">
          {word('tableEmpty', table)}
        </Text>
      )}
      {children}
    </Paper>
  )
}

interface EntryProps {
  readonly table: string
  readonly id: string
  readonly name: string
  readonly edit: Edit | undefined
  readonly late?: boolean
  readonly children: ReactNode
}

/** One record in a part, with the button that opens its form. */
export function Entry({ table, id, name, edit, late, children }: EntryProps) {
  const { t } = useReader()
  return (
    <li className={classes.entry} data-entry={id} data-late={late || undefined}>
      <div className={classes.text}>{children}</div>
      {edit && (
        <ActionIcon variant="subtle" color="gray" aria-label={t('research.editOf', { what: name })} onClick={() => edit(table, id)}>
          <IconEdit size={18} aria-hidden />
        </ActionIcon>
      )}
    </li>
  )
}
