import { Button, Group, Stack, Text } from '@mantine/core'
import { useId } from 'react'

interface Props {
  /** What will happen. */
  readonly text: string
  /** The label of the button that leaves everything as it is. */
  readonly keep: string
  /** The label of the button that carries the action out. */
  readonly act: string
  readonly busy: boolean
  readonly answer: (sure: boolean) => void
}

/** Asks once before something that cannot be undone, in the place where it happens. */
export function Sure({ text, keep, act, busy, answer }: Props) {
  const id = useId()
  return (
    <Stack gap="xs" mt="sm" role="group" aria-labelledby={id} data-sure>
      <Text size="sm" id={id}>
        {text}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button size="xs" variant="default" autoFocus disabled={busy} onClick={() => answer(false)}>
          {keep}
        </Button>
        <Button size="xs" loading={busy} onClick={() => answer(true)}>
          {act}
        </Button>
      </Group>
    </Stack>
  )
}
