import { Button, Group, Modal, type ModalProps, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReturnFocus } from '../commands/useReturnFocus'
import { useReader } from '../i18n'
import type { FormCommand } from './useForm'

interface Props {
  readonly command: FormCommand
  /** Sends what the person has typed. It stays in the fields until the hub has accepted it. */
  readonly send: () => void
  /** The label of the button that sends the form. */
  readonly act: string
  readonly disabled?: boolean
  /** Shown above the fields if the form can no longer be sent as it is. No refusal is shown meanwhile. */
  readonly changed?: ReactNode
  readonly children: ReactNode
}

interface FormProps extends Props {
  /** Leaves the form without sending it. Without it, the form has no such button. */
  readonly cancel?: () => void
  /** Whether the form is in a dialog, whose buttons are at its end. */
  readonly inDialog?: boolean
}

/**
 * A form with its buttons. A refusal that belongs to no field is shown at its foot. If the hub demands the second factor again, another
 * dialog asks for it. Further attributes are those of the `form` element.
 */
export function CommandForm({ command, send, act, disabled, changed, cancel, inDialog, children, ...rest }: FormProps) {
  const { t } = useReader()
  const submit = (
    <Button key="submit" type="submit" loading={command.busy} disabled={!!changed || !!disabled}>
      {act}
    </Button>
  )
  const leave = cancel && (
    <Button key="cancel" variant="default" onClick={cancel}>
      {t('shell.cancel')}
    </Button>
  )
  return (
    <>
      <form {...rest} onSubmit={(event: FormEvent) => (event.preventDefault(), send())}>
        <Stack gap="sm">
          {changed}
          {children}
          {!changed && <ProblemNotice problem={command.rest} waiting={command.waiting} />}
          <Group justify={inDialog ? 'flex-end' : undefined}>{inDialog ? [leave, submit] : [submit, leave]}</Group>
        </Stack>
      </form>
      {command.factorDialog}
    </>
  )
}

interface DialogProps extends Props {
  readonly title: string
  readonly size?: ModalProps['size']
  readonly closeOnEscape?: boolean
  readonly close: () => void
  /** Shown in place of the form when the command is done, such as a link that was made. */
  readonly outcome?: ReactNode
}

/** A form in a dialog. A click beside the dialog does not close it, so that nothing typed is lost. */
export function FormDialog({ title, size, closeOnEscape = true, close, outcome, ...form }: DialogProps) {
  const { t } = useReader()
  useReturnFocus()
  return (
    <Modal
      opened
      onClose={close}
      size={size}
      closeOnClickOutside={false}
      closeOnEscape={closeOnEscape && !form.command.asking}
      title={title}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {outcome ?? <CommandForm {...form} cancel={close} inDialog />}
    </Modal>
  )
}
