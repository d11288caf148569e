import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { http } from '../../api/http'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useCommand } from '../../commands/useCommand'
import { useReader } from '../../i18n'

interface Props {
  readonly number: number
  /** How many changes the draft holds. Undefined while the number is not known. */
  readonly changes: number | undefined
  readonly url: string
  readonly close: () => void
  readonly done: () => void
}

/** Publishes the draft as the conference's next release, with a note if the person writes one. */
export function PublishDialog({ number, changes, url, close, done }: Props) {
  const { t } = useReader()
  const [note, setNote] = useState('')
  const command = useCommand((note: string | undefined, commandId) => http.post(`${url}/releases`, { commandId, note }), done)
  // The first release may be published without changes. It records the present programme.
  const empty = changes === 0 && number > 1
  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside={false}
      title={t('releases.publishTitle', { number })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={(event) => (event.preventDefault(), void command.run(note.trim() || undefined))}>
        <Stack gap="sm">
          {changes !== undefined && (
            <Text size="sm" role="status" data-changes={changes}>
              {!empty ? t('releases.publishHint', { count: changes }) : t('releases.nothingChanged')}
            </Text>
          )}
          <TextInput
            data-autofocus
            label={t('releases.note')}
            maxLength={500}
            value={note}
            onChange={(e) => setNote(e.currentTarget.value)}
          />
          <ProblemNotice problem={command.problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={command.busy} disabled={empty}>
              {t('releases.publish')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
