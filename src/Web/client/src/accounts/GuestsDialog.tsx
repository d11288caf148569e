import { Modal } from '@mantine/core'
import { useReturnFocus } from '../commands/useReturnFocus'
import { useReader } from '../i18n'
import { GuestLinks } from './GuestLinks'
import type { GuestSession } from './guests'

/** The guest speakers of a session, over the page of the programme. */
export default function GuestsDialog({ of, title, close }: { of: GuestSession; title: string; close: () => void }) {
  const { t } = useReader()
  useReturnFocus()
  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside={false}
      title={t('guests.of', { title })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <GuestLinks of={of} />
    </Modal>
  )
}
